#include "report/canvas.h"
#include "report/chart.h"

#include <math.h>
#include <stdio.h>

enum { ROW = 26, TOP = 34, BOTTOM = 46, RIGHT = 24 };

typedef struct frame {
    oko_canvas *canvas;
    const oko_chart_compare *chart;
    double left, unit, top; /* top: the largest value of the axis */
} frame;

static double x_of(const frame *f, double value)
{
    return f->left + fmin(fmax(value, 0), f->top) * f->unit;
}

static double y_of(int row)
{
    return TOP + (row + .5) * ROW;
}

static void diamond(oko_canvas *c, double x, double y, double r)
{
    oko_canvas_colour(c, OKO_INK);
    cairo_move_to(c->cr, x, y - r);
    cairo_line_to(c->cr, x + r, y);
    cairo_line_to(c->cr, x, y + r);
    cairo_line_to(c->cr, x - r, y);
    cairo_close_path(c->cr);
    cairo_fill(c->cr);
}

/* What is expected: a tick with the whiskers of its interval. */
static void expected(oko_canvas *c, double lo, double x, double hi, double y)
{
    oko_canvas_line(c, lo, y, hi, y, 2, OKO_LINE, false);
    oko_canvas_line(c, lo, y - 4, lo, y + 4, 2, OKO_LINE, false);
    oko_canvas_line(c, hi, y - 4, hi, y + 4, 2, OKO_LINE, false);
    oko_canvas_line(c, x, y - 7, x, y + 7, 3, OKO_LINE, false);
}

static void draw_axis(const frame *f)
{
    oko_canvas *c = f->canvas;
    char label[32];
    double step = oko_axis_step(f->top, 6), bottom = TOP + f->chart->n_rows * ROW;
    for (double v = 0; v <= f->top + step / 1000; v += step) {
        oko_canvas_line(c, x_of(f, v), TOP, x_of(f, v), bottom, 1, OKO_GRID, false);
        snprintf(label, sizeof label, "%.*f", step < 1 ? 1 : 0, v);
        oko_canvas_text(c, x_of(f, v), bottom + 12, OKO_ANCHOR_MIDDLE, 12, OKO_FAINT, 0, label);
    }
    oko_canvas_text(c, f->left + (c->width - f->left - RIGHT) / 2, bottom + 32, OKO_ANCHOR_MIDDLE, 12, OKO_INK,
                    c->width - f->left, f->chart->axis);
}

static void draw_row(const frame *f, int row)
{
    const oko_chart_compare *chart = f->chart;
    oko_canvas *c = f->canvas;
    double y = y_of(row), e = chart->expected[row];
    if (row == chart->subject)
        oko_canvas_rect(c, 0, y - ROW / 2.0, c->width - RIGHT, ROW, (oko_colour){ .93, .95, .98 });
    oko_canvas_text(c, f->left - 12, y, OKO_ANCHOR_END, 12, OKO_INK, f->left - 16, chart->labels[row]);
    if (isfinite(e)) {
        double lo = isfinite(chart->lo[row]) ? chart->lo[row] : e, hi = isfinite(chart->hi[row]) ? chart->hi[row] : e;
        expected(c, x_of(f, lo), x_of(f, e), x_of(f, hi), y);
    }
    if (isfinite(chart->observed[row]))
        diamond(c, x_of(f, chart->observed[row]), y, 5.5);
    else
        oko_canvas_text(c, f->left + 6, y, OKO_ANCHOR_START, 12, OKO_FAINT, 0,
                        oko_text_get(c->text, "chart.suppressed"));
}

static void draw_legend(const frame *f)
{
    oko_canvas *c = f->canvas;
    const char *observed = oko_text_get(c->text, "chart.legend.observed");
    double x = 20;
    diamond(c, x, 12, 5.5);
    oko_canvas_text(c, x + 12, 12, OKO_ANCHOR_START, 12, OKO_INK, 0, observed);
    x += 40 + oko_canvas_text_width(c, 12, observed);
    expected(c, x, x + 12, x + 24, 12);
    oko_canvas_text(c, x + 32, 12, OKO_ANCHOR_START, 12, OKO_INK, c->width - x - 40, f->chart->expected_label);
}

oko_status oko_chart_compare_svg(const oko_chart_compare *c, const oko_text *text, const char *id, const char *title,
                                 const char *summary, int width, oko_buffer *out)
{
    oko_canvas canvas;
    if (c->n_rows < 1 || c->n_rows > OKO_CHART_COMPARE_ROWS || width < 240)
        return OKO_E_ARGUMENT;
    oko_status status = oko_canvas_open(&canvas, text, width, TOP + ROW * c->n_rows + BOTTOM);
    if (status != OKO_OK)
        return status;
    frame f = { .canvas = &canvas, .chart = c, .left = 60, .top = c->top };
    for (int r = 0; r < c->n_rows; r++) {
        f.left = fmax(f.left, 24 + oko_canvas_text_width(&canvas, 12, c->labels[r]));
        f.top = fmax(f.top, isfinite(c->observed[r]) ? c->observed[r] : 0);
    }
    f.left = fmin(f.left, width * .42);
    f.unit = (width - f.left - RIGHT) / f.top;
    for (int r = 0; r < c->n_rows; r++) /* the shade of the subject lies below the grid */
        if (r == c->subject)
            draw_row(&f, r);
    draw_axis(&f);
    for (int r = 0; r < c->n_rows; r++)
        draw_row(&f, r);
    draw_legend(&f);
    status = oko_canvas_finish(&canvas, id, title, summary, out);
    oko_canvas_close(&canvas);
    return status;
}
