/* Small symmetric matrices of the level model: Cholesky factor, solution, nearest positive one by Jacobi rotations. */
#include "stats/level_model.h"

#include <math.h>

enum { D = LEVEL_COLUMNS, ROTATIONS = 60 };

bool level_factorise(int d, int stride, double *a)
{
    for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = a[i * stride + j];
            for (int k = 0; k < j; k++) {
                sum -= a[i * stride + k] * a[j * stride + k];
            }
            if (i == j && !(sum > 1e-12)) {
                return false;
            }
            a[i * stride + j] = i == j ? sqrt(sum) : sum / a[j * stride + j];
        }
    }
    return true;
}

void level_solve(int d, int stride, const double *a, double *x)
{
    for (int i = 0; i < d; i++) {
        for (int k = 0; k < i; k++) {
            x[i] -= a[i * stride + k] * x[k];
        }
        x[i] /= a[i * stride + i];
    }
    for (int i = d - 1; i >= 0; i--) {
        for (int k = i + 1; k < d; k++) {
            x[i] -= a[k * stride + i] * x[k];
        }
        x[i] /= a[i * stride + i];
    }
}

double level_make_positive(int d, double *a, double floor, double *ret_axis)
{
    double v[D * D] = { 0 };
    for (int i = 0; i < d; i++) {
        v[i * D + i] = 1;
    }
    for (int round = 0; round < ROTATIONS; round++) {
        for (int p = 0; p < d; p++) {
            for (int q = p + 1; q < d; q++) {
                if (fabs(a[p * D + q]) < 1e-14) {
                    continue;
                }
                double theta = (a[q * D + q] - a[p * D + p]) / (2 * a[p * D + q]);
                double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
                double c = 1 / sqrt(t * t + 1);
                double s = t * c;
                for (int k = 0; k < d; k++) {
                    double x = a[k * D + p];
                    double y = a[k * D + q];
                    a[k * D + p] = c * x - s * y;
                    a[k * D + q] = s * x + c * y;
                }
                for (int k = 0; k < d; k++) {
                    double x = a[p * D + k];
                    double y = a[q * D + k];
                    a[p * D + k] = c * x - s * y;
                    a[q * D + k] = s * x + c * y;
                    x = v[k * D + p];
                    y = v[k * D + q];
                    v[k * D + p] = c * x - s * y;
                    v[k * D + q] = s * x + c * y;
                }
            }
        }
    }
    double value[D] = { 0 };
    int largest = 0;
    for (int i = 0; i < d; i++) {
        value[i] = a[i * D + i] > floor ? a[i * D + i] : floor;
        largest = value[i] > value[largest] ? i : largest;
    }
    for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
            a[i * D + j] = 0;
            for (int k = 0; k < d; k++) {
                a[i * D + j] += v[i * D + k] * value[k] * v[j * D + k];
            }
        }
    }
    for (int i = 0; i < d && ret_axis != NULL; i++) {
        ret_axis[i] = v[i * D + largest];
    }
    return value[largest];
}
