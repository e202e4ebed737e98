#!/usr/bin/env python3
"""Reference values inside of the families of signs (docs/METHODS-families.md), in fractions and decimals.

signs.py > tests/data/reference/signs.csv

growth   log of the mean over a group's shift of the product over pupils of «half of the works gained» over «none did»
         variances: shift, pupil; results; gains
square   Wilson & Hilferty's score of a mean square with its degrees of freedom                      mean square, freedom
landing  log of P(sum > seen) + .7 P(sum = seen): the works around each cut-off fall on its scores by their shares, whose
         log odds on or above against below are normal around these (seven nodes)    cut-offs; histogram; shares; variance
level    residual of a group's result against all that is known of it and of the other groups of its parent, and its
         variance: the normal law conditioned, from the covariance of every single figure
         which, columns, variance along the axis; works; means, axis; covariance of parents; groups; pupils; figures
"""
from decimal import Decimal as D, getcontext
from fractions import Fraction as F

getcontext().prec = 50


def dec(f):
    return D(f.numerator) / D(f.denominator)


def square(mean_square, freedom):
    v = F(2) / (9 * freedom)
    root = (dec(mean_square).ln() / 3).exp() if mean_square > 0 else D(0)
    return (root - dec(1 - v)) / dec(v).sqrt()


WEIGHT = {0: 2, -1: -3, -2: -2}


def windows(cuts, n):
    for i, cut in enumerate(cuts):
        low = max(cut - 2, cuts[i - 1] + 2 if i else 0)
        yield cut, list(range(low, min(cut + 1, n - 1) + 1))


def landing(cuts, seen, share, var):
    blocks = []
    for cut, scores in windows(cuts, len(share)):
        if sum(share[s] for s in scores if s < cut) > 0 and share[cut] > 0:
            blocks.append((cut, [s for s in scores if share[s] > 0]))
    found = sum(seen[s] * WEIGHT.get(s - cut, 0) for cut, scores in blocks for s in scores)
    top = bottom = D(0)
    for node in ("-2.4", "-1.6", "-.8", "0", ".8", "1.6", "2.4"):
        odds = (D(node) * dec(var).sqrt()).exp()
        law = {0: D(1)}
        for cut, scores in blocks:
            raw = {s: dec(share[s]) * (odds if s >= cut else 1) for s in scores}
            whole = sum(raw.values())
            for _ in range(sum(seen[s] for s in scores)):
                new = {}
                for value, p in law.items():
                    for s in scores:
                        at = value + WEIGHT.get(s - cut, 0)
                        new[at] = new.get(at, D(0)) + p * raw[s] / whole
                law = new
        weight = (-D(node) ** 2 / 2).exp()
        bottom += weight
        top += weight * sum(p if v > found else D(".7") * p for v, p in law.items() if v >= found)
    return (top / bottom).ln()


def solve(a, b):
    rows = [list(r) + [v] for r, v in zip(a, b)]
    for i in range(len(rows)):
        p = next(k for k in range(i, len(rows)) if rows[k][i] != 0)
        rows[i], rows[p] = rows[p], rows[i]
        for k in range(len(rows)):
            if k != i:
                f = rows[k][i] / rows[i][i]
                rows[k] = [x - f * y for x, y in zip(rows[k], rows[i])]
    return [r[-1] / r[i] for i, r in enumerate(rows)]


def level(which, d, axis_var, works, means, axis, parent, group, pupil, x):
    """Figures are named (group, column); a row of evidence is a sum of figures with weights."""
    def cov(u, v):
        (g, a), (h, b) = u, v
        at = a * d + b
        return parent[at] + axis_var * axis[a] * axis[b] + ((group[at] + pupil[at] / works[g]) if g == h else 0)

    def rows_cov(r, s):
        return sum(p * q * cov(u, v) for u, p in r.items() for v, q in s.items())

    value = {(g, a): x[g * d + a] - means[a] for g in range(len(works)) for a in range(d) if x[g * d + a] is not None}
    rows = [{(0, a): F(1)} for a in range(1, d) if (0, a) in value]
    if which != "own":
        for a in range(1 if which == "other-tests" else 0, d):
            known = [g for g in range(1, len(works)) if (g, a) in value]
            if known:
                rows.append({(g, a): F(1, len(known)) for g in known})
    target = {(0, 0): F(1)}
    k = solve([[rows_cov(r, s) for s in rows] for r in rows], [rows_cov(r, target) for r in rows])
    seen = [sum(p * value[u] for u, p in r.items()) for r in rows]
    residual = value[0, 0] - sum(p * v for p, v in zip(k, seen))
    var = rows_cov(target, target) - sum(p * rows_cov(r, target) for p, r in zip(k, rows))
    return residual, var


def growth(common, pupil, r, gain):
    common, pupil, r, gain = dec(common), dec(pupil), [dec(x) for x in r], [dec(x) for x in gain]
    precision = 1 / common + len(r) / pupil
    total = D(0)
    for k in range(17):
        x = D(k) * D("0.7") - 8
        shift = sum(r) / pupil / precision + x / precision.sqrt()
        term = (-x * x / 2).exp()
        for y, g in zip(r, gain):
            usual = (-(y - shift) ** 2 / (2 * pupil)).exp()
            grown = (-(y - shift - g) ** 2 / (2 * pupil * D("0.6"))).exp() / D("0.6").sqrt()
            term *= (usual + grown) / (2 * usual)
        total += term
    pi = D("3.14159265358979323846264338327950288419716939937510")
    return (total * D("0.7") / (2 * pi).sqrt()).ln()


for mean_square, freedom in (("1.375", "17"), ("0.3125", "9"), ("2.75", "4.5"), ("0.96875", "230")):
    print(f"square;{mean_square} {freedom};{square(F(mean_square), F(freedom)):.20g}")
for var, r, gain in (
        ("0.04 0.3", "0.5 -0.25 1.125 0.75 -0.5 0.25 1.5 0 0.875", "0.9 0.75 1 0.875 0.5 0.6 0.8 0.7 0.65"),
        ("0.1 0.25", "-0.5 0.25 -1 0.125 0.5 -0.25 -0.75 0 0.3 -0.2", "0.9 0.75 1 0.875 0.5 0.6 0.8 0.7 0.65 1.1"),
        ("0.02 0.4", "1 1.5 0.75 1.25 2 1.75 0.5 1.125", "0.9 0.75 1 0.875 0.5 0.6 0.8 0.7")):
    v = growth(*map(F, var.split()), [F(x) for x in r.split()], [F(x) for x in gain.split()])
    print(f"growth;{var};{r};{gain};{v:.20g}")
for cuts, seen, share, var in (
        ("4 7", "0 1 1 0 6 2 1 5 1 0", "0.02 0.05 0.11 0.17 0.16 0.13 0.12 0.11 0.08 0.05", "0.09"),
        ("3 5 8", "2 3 1 4 2 3 1 0 4 0", "0.03 0.08 0.12 0.15 0.14 0.13 0.12 0.10 0.08 0.05", "0.0225"),
        ("2 6", "1 0 9 1 0 0 7 2", "0.1 0 0.2 0.15 0.2 0.15 0.12 0.08", "0.25"),
        ("5", "0 0 1 3 6 0 1", "0.05 0.1 0.2 0.25 0.2 0.15 0.05", "0.04")):
    v = landing([int(c) for c in cuts.split()], [int(c) for c in seen.split()], [F(c) for c in share.split()], F(var))
    print(f"landing;{cuts};{seen};{share};{var};{v:.20g}")
PARENT = "0.25 0.18 0.12 0.18 0.3 0.1 0.12 0.1 0.2"
GROUP = "0.08 0.03 0.02 0.03 0.09 0.01 0.02 0.01 0.07"
PUPIL = "0.7 0.45 0.4 0.45 0.8 0.35 0.4 0.35 0.9"
for which, axis_var, works, means, x in (
        ("all", "0.5", "20 25 16", "0.1 -0.05 0.02", "0.75 0.3 0.1 0.2 0.15 -0.1 -0.35 0.05 0.4"),
        ("own", "0.5", "20 25 16", "0.1 -0.05 0.02", "0.75 0.3 0.1 0.2 0.15 -0.1 -0.35 0.05 0.4"),
        ("other-tests", "0.125", "12 25 16 40", "0.1 -0.05 0.02", "-0.4 0.3 nan 0.2 0.15 -0.1 -0.35 0.05 0.4 0.5 -0.2 0.3"),
        ("all", "0", "31", "0 0.25 -0.5", "1.5 0.5 0.25")):
    n = lambda text: [None if v == "nan" else F(v) for v in text.split()]
    axis = "0.6 0.64 0.48"
    r, v = level(which, 3, F(axis_var), n(works), n(means), n(axis), n(PARENT), n(GROUP), n(PUPIL), n(x))
    code = ("all", "own", "other-tests").index(which)
    print(f"level;{code} 3 {axis_var};{works};{means} {axis};{PARENT};{GROUP};{PUPIL};{x};{dec(r):.20g} {dec(v):.20g}")
