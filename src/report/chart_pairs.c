#include "report/canvas.h"
#include "report/chart.h"

#include <math.h>
#include <stdio.h>

enum { HEIGHT = 280, LEFT = 64, RIGHT = 14, TOP = 40, BOTTOM = 50 };

/* Heights grow with the square root, so that one pair beside hundreds is still seen. */
typedef struct frame {
    oko_canvas *canvas;
    const oko_chart_pairs *chart;
    int from, to;     /* of the axis */
    double bar, unit; /* width of one answer; height of √1 */
} frame;

static double x_of(const frame *f, double same)
{
    return LEFT + (same - f->from) * f->bar;
}

static double y_of(const frame *f, double pairs)
{
    return HEIGHT - BOTTOM - sqrt(fmax(pairs, 0)) * f->unit;
}

static double per_answer(double pairs, const oko_chart_bin *b)
{
    return pairs / (b->to - b->from + 1);
}

static void draw_axes(const frame *f, double top)
{
    oko_canvas *c = f->canvas;
    char label[32];
    static const double ticks[] = { 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000 };
    double last = HEIGHT;
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0] && ticks[i] <= top; i++) {
        double y = y_of(f, ticks[i]);
        if (last - y < 18)
            continue;
        last = y;
        oko_canvas_line(c, LEFT, y, c->width - RIGHT, y, 1, OKO_GRID, false);
        snprintf(label, sizeof label, "%.0f", ticks[i]);
        oko_canvas_text(c, LEFT - 6, y, OKO_ANCHOR_END, 12, OKO_FAINT, 0, label);
    }
    int every = (int)fmax(1, oko_axis_step(f->to - f->from + 1, 16));
    for (int k = (f->from + every - 1) / every * every; k <= f->to; k += every) {
        snprintf(label, sizeof label, "%d", k);
        oko_canvas_text(c, x_of(f, k + .5), HEIGHT - BOTTOM + 12, OKO_ANCHOR_MIDDLE, 12, OKO_FAINT, 0, label);
    }
    oko_canvas_text(c, LEFT + (c->width - LEFT - RIGHT) / 2, HEIGHT - 14, OKO_ANCHOR_MIDDLE, 12, OKO_INK, 0,
                    oko_text_get(c->text, "chart.axis.same"));
    oko_canvas_text_up(c, 12, TOP + (HEIGHT - TOP - BOTTOM) / 2.0, 12, OKO_INK,
                       oko_text_get(c->text, "chart.axis.pairs"));
}

static void draw_bins(const frame *f)
{
    cairo_t *cr = f->canvas->cr;
    for (int i = 0; i < f->chart->n; i++) {
        const oko_chart_bin *b = &f->chart->bins[i];
        double y = y_of(f, per_answer(b->seen, b));
        if (b->seen > 0)
            oko_canvas_rect(f->canvas, x_of(f, b->from) + 1, y, (b->to - b->from + 1) * f->bar - 2, HEIGHT - BOTTOM - y,
                            b->rare ? OKO_ACCENT : OKO_BAR);
    }
    oko_canvas_colour(f->canvas, OKO_LINE);
    cairo_set_line_width(cr, 2);
    for (int i = 0; i < f->chart->n; i++) {
        const oko_chart_bin *b = &f->chart->bins[i];
        double y = y_of(f, per_answer(b->expected, b));
        cairo_line_to(cr, x_of(f, b->from), y);
        cairo_line_to(cr, x_of(f, b->to + 1), y);
    }
    cairo_stroke(cr);
}

static void draw_legend(const frame *f)
{
    oko_canvas *c = f->canvas;
    const char *names[] = { oko_text_get(c->text, "chart.legend.observed"), oko_text_get(c->text, "chart.legend.rare"),
                            oko_text_get(c->text, "chart.legend.independent") };
    double x = LEFT;
    for (int i = 0; i < 3; i++) {
        if (i == 2)
            oko_canvas_line(c, x, 12, x + 16, 12, 2, OKO_LINE, false);
        else
            oko_canvas_rect(c, x, 6, 14, 12, i == 0 ? OKO_BAR : OKO_ACCENT);
        oko_canvas_text(c, x + 22, 12, OKO_ANCHOR_START, 12, OKO_INK, c->width - x - 22 - RIGHT, names[i]);
        x += 40 + oko_canvas_text_width(c, 12, names[i]);
    }
}

oko_status oko_chart_pairs_svg(const oko_chart_pairs *c, const oko_text *text, const char *id, const char *title,
                               const char *summary, int width, oko_buffer *out)
{
    oko_canvas canvas;
    if (c->n < 1 || width < 240)
        return OKO_E_ARGUMENT;
    oko_status status = oko_canvas_open(&canvas, text, width, HEIGHT);
    if (status != OKO_OK)
        return status;
    frame f = { .canvas = &canvas, .chart = c, .from = c->bins[0].from, .to = c->bins[c->n - 1].to };
    double top = 1;
    for (int i = 0; i < c->n; i++)
        top = fmax(top, fmax(per_answer(c->bins[i].seen, &c->bins[i]), per_answer(c->bins[i].expected, &c->bins[i])));
    f.bar = (width - LEFT - RIGHT) / (f.to - f.from + 1.0);
    f.unit = (HEIGHT - TOP - BOTTOM) / sqrt(top);
    draw_axes(&f, top);
    draw_bins(&f);
    draw_legend(&f);
    status = oko_canvas_finish(&canvas, id, title, summary, out);
    oko_canvas_close(&canvas);
    return status;
}
