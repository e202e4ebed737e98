#include "report/canvas.h"
#include "report/chart.h"

#include <math.h>
#include <stdio.h>

enum { HEIGHT = 300, LEFT = 58, RIGHT = 14, TOP = 46, BOTTOM = 46 };

typedef struct frame {
    oko_canvas *canvas;
    const oko_chart_histogram *chart;
    double bar;  /* width of one score */
    double unit; /* height of one percent */
    double top;  /* largest percent of the axis */
} frame;

static double x_of(const frame *f, double score)
{
    return LEFT + (score + .5) * f->bar;
}

static double y_of(const frame *f, double percent)
{
    return HEIGHT - BOTTOM - percent * f->unit;
}

static void draw_axes(const frame *f)
{
    oko_canvas *c = f->canvas;
    char label[32];
    double step = oko_axis_step(f->top, 5);
    int decimals = step < 1 ? 1 : 0;
    for (double v = 0; v <= f->top + step / 1000; v += step) {
        oko_canvas_line(c, LEFT, y_of(f, v), c->width - RIGHT, y_of(f, v), 1, OKO_GRID, false);
        snprintf(label, sizeof label, "%.*f", decimals, v);
        oko_canvas_text(c, LEFT - 6, y_of(f, v), OKO_ANCHOR_END, 12, OKO_FAINT, 0, label);
    }
    int every = (int)oko_axis_step(f->chart->max_total, f->chart->max_total <= 24 ? f->chart->max_total : 14);
    every = every < 1 ? 1 : every;
    for (int s = 0; s <= f->chart->max_total; s += every) {
        snprintf(label, sizeof label, "%d", s);
        oko_canvas_text(c, x_of(f, s), HEIGHT - BOTTOM + 12, OKO_ANCHOR_MIDDLE, 12, OKO_FAINT, 0, label);
    }
    oko_canvas_text(c, LEFT + (c->width - LEFT - RIGHT) / 2, HEIGHT - 12, OKO_ANCHOR_MIDDLE, 12, OKO_INK, 0,
                    oko_text_get(c->text, "chart.axis.score"));
    oko_canvas_text_up(c, 12, TOP + (HEIGHT - TOP - BOTTOM) / 2.0, 12, OKO_INK,
                       oko_text_get(c->text, "chart.axis.share"));
}

static void draw_bars(const frame *f)
{
    double gap = f->bar > 6 ? 1.5 : .4;
    for (int s = 0; s <= f->chart->max_total; s++) {
        double v = f->chart->observed[s];
        if (v > 0) {
            oko_canvas_rect(f->canvas, x_of(f, s) - f->bar / 2 + gap, y_of(f, v), f->bar - 2 * gap, v * f->unit,
                            OKO_BAR);
        }
    }
}

/* Scores that are not told: a grey field with the word, so that nobody reads an empty place as zero. */
static void draw_hidden(const frame *f)
{
    const oko_colour field = { .95, .95, .96 };
    for (int s = 0; s <= f->chart->max_total; s++) {
        int end = s;
        while (end <= f->chart->max_total && isnan(f->chart->observed[end])) {
            end++;
        }
        if (end == s) {
            continue;
        }
        double x = x_of(f, s) - f->bar / 2, w = (end - s) * f->bar;
        oko_canvas_rect(f->canvas, x, TOP, w, HEIGHT - TOP - BOTTOM, field);
        oko_canvas_text(f->canvas, x + w / 2, TOP + 14, OKO_ANCHOR_MIDDLE, 12, OKO_FAINT, w - 4,
                        oko_text_get(f->canvas->text, "chart.suppressed"));
        s = end;
    }
}

static void draw_expected(const frame *f)
{
    cairo_t *cr = f->canvas->cr;
    if (f->chart->expected == NULL) {
        return;
    }
    oko_canvas_colour(f->canvas, OKO_LINE);
    cairo_set_line_width(cr, 2);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (int s = 0; s <= f->chart->max_total; s++) {
        if (isfinite(f->chart->expected[s])) {
            cairo_line_to(cr, x_of(f, s), y_of(f, f->chart->expected[s]));
        }
    }
    cairo_stroke(cr);
}

/* A cut-off stands between the last score of the lower mark and the first of the higher one. */
static void draw_cutoffs(const frame *f)
{
    const oko_chart_histogram *chart = f->chart;
    char mark[16];
    for (int k = 0; k < chart->n_cutoffs; k++) {
        double x = x_of(f, chart->cutoffs[k] - .5);
        oko_canvas_line(f->canvas, x, TOP - 2, x, HEIGHT - BOTTOM, 1.4, OKO_INK, true);
    }
    for (int k = 0; k <= chart->n_cutoffs && chart->n_cutoffs > 0; k++) {
        double from = k == 0 ? -.5 : chart->cutoffs[k - 1] - .5;
        double to = k == chart->n_cutoffs ? chart->max_total + .5 : chart->cutoffs[k] - .5;
        snprintf(mark, sizeof mark, "«%d»", chart->first_mark + k);
        oko_canvas_text(f->canvas, x_of(f, (from + to) / 2), TOP - 10, OKO_ANCHOR_MIDDLE, 13, OKO_INK, 0, mark);
    }
}

static void draw_legend(const frame *f)
{
    oko_canvas *c = f->canvas;
    const char *observed = oko_text_get(c->text, "chart.legend.observed");
    double x = LEFT;
    oko_canvas_rect(c, x, 6, 14, 12, OKO_BAR);
    oko_canvas_text(c, x + 20, 12, OKO_ANCHOR_START, 12, OKO_INK, 0, observed);
    if (f->chart->expected != NULL) {
        x += 44 + oko_canvas_text_width(c, 12, observed);
        oko_canvas_line(c, x, 12, x + 18, 12, 2, OKO_LINE, false);
        oko_canvas_text(c, x + 24, 12, OKO_ANCHOR_START, 12, OKO_INK, c->width - x - 24 - RIGHT,
                        oko_text_get(c->text, "chart.legend.expected"));
    }
}

oko_status oko_chart_histogram_svg(const oko_chart_histogram *c, const oko_text *text, const char *id,
                                   const char *title, const char *summary, int width, oko_buffer *out)
{
    oko_canvas canvas;
    if (c->max_total < 1 || width < 240) {
        return OKO_E_ARGUMENT;
    }
    oko_status status = oko_canvas_open(&canvas, text, width, HEIGHT);
    if (status != OKO_OK) {
        return status;
    }
    frame f = { .canvas = &canvas, .chart = c, .bar = (width - LEFT - RIGHT) / (c->max_total + 1.0), .top = 1 };
    for (int s = 0; s <= c->max_total; s++) {
        f.top = fmax(f.top, c->observed[s]);
        f.top = c->expected != NULL && isfinite(c->expected[s]) ? fmax(f.top, c->expected[s]) : f.top;
    }
    f.unit = (HEIGHT - TOP - BOTTOM) / f.top;
    draw_hidden(&f);
    draw_axes(&f);
    draw_bars(&f);
    draw_expected(&f);
    draw_cutoffs(&f);
    draw_legend(&f);
    status = oko_canvas_finish(&canvas, id, title, summary, out);
    oko_canvas_close(&canvas);
    return status;
}
