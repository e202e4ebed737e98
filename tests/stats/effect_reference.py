#!/usr/bin/env python3
"""Reference numbers of test_effect.c in exact fractions: ordinary least squares by normal equations, and HC3.

Independent of the C code: the full design matrix (1, before, treated) is inverted, leverages are the diagonal of the
hat matrix. Prints effect_reference.inc."""
from fractions import Fraction as F

before = [F(str(x)) for x in (12, 15.5, 9, 22, 17, 30, 11, 26, 14, 19.5, 31, 28, 35, 24)]
after = [F(str(x)) for x in (9, 8.5, 7, 14, 9, 18, 6, 15.5, 10, 11, 12, 9, 13.5, 8)]
treated = [F(0)] * 10 + [F(1)] * 4
rows = [[F(1), b, t] for b, t in zip(before, treated)]


def inverse(m):
    n = len(m)
    a = [r[:] + [F(int(i == j)) for j in range(n)] for i, r in enumerate(m)]
    for i in range(n):
        p = next(k for k in range(i, n) if a[k][i] != 0)
        a[i], a[p] = a[p], a[i]
        a[i] = [x / a[i][i] for x in a[i]]
        for k in range(n):
            if k != i:
                a[k] = [x - a[k][i] * y for x, y in zip(a[k], a[i])]
    return [r[n:] for r in a]


def times(m, v):
    return [sum(x * y for x, y in zip(r, v)) for r in m]


xtx = [[sum(r[i] * r[j] for r in rows) for j in range(3)] for i in range(3)]
inv = inverse(xtx)
beta = times(inv, [sum(r[i] * y for r, y in zip(rows, after)) for i in range(3)])
meat = [[F(0)] * 3 for _ in range(3)]
for r, y in zip(rows, after):
    h = sum(a * b for a, b in zip(r, times(inv, r)))
    e = (y - sum(a * b for a, b in zip(r, beta))) / (1 - h)
    for i in range(3):
        for j in range(3):
            meat[i][j] += r[i] * r[j] * e * e
half = times(meat, inv[2])
variance = sum(a * b for a, b in zip(inv[2], half))
mean = lambda v: sum(v) / len(v)
did = mean(after[10:]) - mean(before[10:]) - mean(after[:10]) + mean(before[:10])
print("near(e.slope, %.17g, 1e-12);" % float(beta[1]))
print("near(e.effect, %.17g, 1e-12);" % float(beta[2]))
print("near(e.did, %.17g, 1e-12);" % float(did))
# t of 11 degrees of freedom at .975, from tables: 2.200985160082949
print("near((e.effect_hi - e.effect_lo) / 2, %.17g, 1e-9);" % (2.200985160082949 * float(variance) ** 0.5))
