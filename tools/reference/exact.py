#!/usr/bin/env python3
"""Reference values of exact tests and shares, by enumeration and whole-number arithmetic of the standard library.

exact.py > tests/data/reference/exact.csv

A row: kind; numbers; numbers; numbers; expected values (numbers separated by blanks; nan: not computed).

gbt      log P(same answers >= m) by all 2^n patterns                                     q; m
m4       log P(T(C, W) <= T(c, w)), T(c, w) = P(C >= c, W >= w), by all 3^n patterns       right; wrong; c w
exact    Clopper & Pearson's interval: the binomial tails are alpha/2, by bisection        x n alpha
midp     the same with half of the observed point in each tail                             x n alpha
finite   the hypergeometric interval of M/N: M whose two tails are above alpha/2           x n N alpha
above    P(X >= x), X ~ Bin(n, p0), and its log                                            x n p0
abovefin the same drawn from N, floor(p0 N) of which have the property                     x n N p0
compare  Fisher's exact test, tables no likelier than the seen one                         x1 n1 x2 n2
sign     the sign test                                                                     up down
wilcoxon W+ and two-sided p by all 2^n signs of the mid-ranks                              differences
kappa    weighted kappa and Fleiss, Cohen & Everitt's standard error                       k weights(0 1 2); table
rs       1 - 6 sum d^2 / (n (n^2 - 1)), mid-ranks of journal mark and total                marks; totals
ci       mean, sd, mean - 1.96 sd/sqrt(n) of a school; mean, sd, upper of its region       school; region
change   q1, q3 (R's type 7), low, high of K = before/after in per cent of 20 marks        before; after
shift    weighted mean over schools, its interval's half (Student) left out: value, df     works; differences
"""
from decimal import Decimal as D, getcontext
from fractions import Fraction as F
from itertools import product
from math import comb, floor

getcontext().prec = 60


def dec(f):
    return D(f.numerator) / D(f.denominator)


def log(f):
    return dec(f).ln()


def fr(words):
    return [F(w) for w in words.split()]


def row(kind, groups, expected):
    groups = list(groups) + [""] * (3 - len(groups))
    print(";".join([kind] + groups + [" ".join(f"{v:.20g}" if isinstance(v, D) else str(v) for v in expected)]))


def gbt(q, m):
    total = F(0)
    for same in product((0, 1), repeat=len(q)):
        if sum(same) >= m:
            p = F(1)
            for s, x in zip(same, q):
                p *= x if s else 1 - x
            total += p
    return log(total)


def m4(right, wrong, c, w):
    n = len(right)
    f = {}
    for kinds in product((0, 1, 2), repeat=n):
        p = F(1)
        for k, r, v in zip(kinds, right, wrong):
            p *= (1 - r - v, r, v)[k]
        at = (kinds.count(1), kinds.count(2))
        f[at] = f.get(at, F(0)) + p
    tail = {a: sum(p for b, p in f.items() if b[0] >= a[0] and b[1] >= a[1]) for a in f}
    return log(sum(p for a, p in f.items() if tail[a] <= tail[(c, w)]))


def tail_at_least(x, n, p):
    return sum((D(comb(n, k)) * p ** k * (1 - p) ** (n - k) for k in range(x, n + 1)), D(0))


def point(x, n, p):
    return D(comb(n, x)) * p ** x * (1 - p) ** (n - x)


def bisect(below):
    lo, hi = D(0), D(1)
    for _ in range(150):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if below(mid) else (lo, mid)
    return (lo + hi) / 2


def interval(x, n, alpha, mid):
    half = D(mid) / 2
    lo = D(0) if x == 0 else bisect(lambda p: tail_at_least(x, n, p) - half * point(x, n, p) < D(alpha) / 2)
    hi = D(1) if x == n else bisect(lambda p: 1 - tail_at_least(x + 1, n, p) - half * point(x, n, p) > D(alpha) / 2)
    return [lo, hi]


def hyper(k, n, marked, size):
    return F(comb(marked, k) * comb(size - marked, n - k), comb(size, n)) if 0 <= n - k <= size - marked else F(0)


def finite(x, n, size, alpha):
    fits = [m for m in range(x, size - (n - x) + 1)
            if sum(hyper(k, n, m, size) for k in range(x, n + 1)) > F(alpha) / 2
            and sum(hyper(k, n, m, size) for k in range(0, x + 1)) > F(alpha) / 2]
    return [dec(F(min(fits), size)), dec(F(max(fits), size))]


def compare(x1, n1, x2, n2):
    def p(k):
        return F(comb(n1, k) * comb(n2, x1 + x2 - k), comb(n1 + n2, x1 + x2)) if 0 <= x1 + x2 - k <= n2 else F(0)
    return dec(sum(p(k) for k in range(0, n1 + 1) if p(k) <= p(x1)))


def ranks(values):
    return [F(sum(v < x for v in values)) + F(sum(v == x for v in values) + 1, 2) for x in values]


def wilcoxon(d):
    d = [x for x in d if x != 0]
    r = ranks([abs(x) for x in d])
    seen = sum(a for a, x in zip(r, d) if x > 0)
    middle = sum(r) / 2
    hits = sum(abs(sum(a for a, s in zip(r, signs) if s) - middle) >= abs(seen - middle)
               for signs in product((0, 1), repeat=len(d)))
    return [dec(seen), dec(F(hits, 2 ** len(d)))]


def kappa(k, kind, table):
    n = sum(table)
    p = [[F(table[i * k + j], n) for j in range(k)] for i in range(k)]
    w = [[F(i == j) if kind == 0 else 1 - F(abs(i - j), k - 1) ** kind for j in range(k)] for i in range(k)]
    r = [sum(p[i]) for i in range(k)]
    c = [sum(p[i][j] for i in range(k)) for j in range(k)]
    po = sum(w[i][j] * p[i][j] for i in range(k) for j in range(k))
    pe = sum(w[i][j] * r[i] * c[j] for i in range(k) for j in range(k))
    wr = [sum(w[i][j] * c[j] for j in range(k)) for i in range(k)]
    wc = [sum(w[i][j] * r[i] for i in range(k)) for j in range(k)]
    var = (sum(p[i][j] * (w[i][j] * (1 - pe) - (wr[i] + wc[j]) * (1 - po)) ** 2
               for i in range(k) for j in range(k)) - (po * pe - 2 * pe + po) ** 2) / (n * (1 - pe) ** 4)
    return [dec(po), dec(pe), dec((po - pe) / (1 - pe)), dec(var).sqrt()]


def rs(marks, totals):
    d2 = sum((a - b) ** 2 for a, b in zip(ranks(marks), ranks(totals)))
    n = len(marks)
    return dec(1 - 6 * d2 / (n * (n * n - 1)))


def mean_sd(values):
    n = len(values)
    mean = sum(values) / n
    return dec(mean), dec(sum((v - mean) ** 2 for v in values) / (n - 1)).sqrt()


def ci(school, region):
    m, s = mean_sd(school)
    rm, rsd = mean_sd(region)
    z = D("1.96")
    return [m, s, m - z * s / D(len(school)).sqrt(), rm, rsd, rm + z * rsd / D(len(region)).sqrt()]


def change(before, after):
    k = sorted(b / a for b, a in zip(before, after))
    def quantile(q):
        at = q * (len(k) - 1)
        i = floor(at)
        return k[i] + (at - i) * (k[min(i + 1, len(k) - 1)] - k[i])
    q1, q3 = quantile(F(1, 4)), quantile(F(3, 4))
    return [dec(v) for v in (q1, q3, q1 - 3 * (q3 - q1), q3 + 3 * (q3 - q1))]


def shift(works, difference):
    w = [v / (v + 20) for v in works]
    return [dec(sum(a * d for a, d in zip(w, difference)) / sum(w)), D(len(works) - 1)]


for q, m in (("0.25 0.5 0.125", 2), ("0.3 0.7 0.55 0.9 0.05 0.61 0.42", 5), ("0.01 0.02 0.015 0.03 0.011 0.02 0.007 0.01", 7),
             ("0.2 0.4 0.6 0.8 0.1 0.3 0.5 0.7 0.9 0.33", 9)):
    row("gbt", [q, str(m)], [gbt(fr(q), m)])
for r, w, c, v in (("0.3 0.5 0.2", "0.1 0.25 0.4", 1, 1), ("0.6 0.2 0.35 0.41 0.07", "0.11 0.3 0.2 0.05 0.5", 2, 2),
                   ("0.5 0.25 0.3 0.15 0.6 0.45 0.2", "0.02 0.1 0.07 0.2 0.01 0.15 0.3", 1, 4)):
    row("m4", [r, w, f"{c} {v}"], [m4(fr(r), fr(w), c, v)])
for x, n, a in ((0, 7, "0.05"), (3, 10, "0.05"), (17, 41, "0.01"), (25, 25, "0.1"), (1, 90, "0.05")):
    row("exact", [f"{x} {n} {a}"], interval(x, n, a, 0))
    row("midp", [f"{x} {n} {a}"], interval(x, n, a, 1))
for x, n, size, a in ((3, 10, 37, "0.05"), (0, 8, 25, "0.05"), (11, 20, 90, "0.1"), (5, 5, 5, "0.05")):
    row("finite", [f"{x} {n} {size} {a}"], finite(x, n, size, a))
for x, n, p in ((3, 10, "0.1"), (0, 4, "0.3"), (60, 80, "0.125"), (9, 9, "0.01")):
    v = tail_at_least(x, n, D(p))
    row("above", [f"{x} {n} {p}"], [v, v.ln() if v < 1 else D(0)])
for x, n, size, p in ((3, 10, 40, "0.1"), (6, 12, 77, "0.17"), (4, 9, 30, "0.2")):
    marked = floor(F(p) * size)
    v = dec(sum(hyper(k, n, marked, size) for k in range(x, n + 1) if k <= marked))
    row("abovefin", [f"{x} {n} {size} {p}"], [v, v.ln()])
for t in ((3, 9, 11, 14), (0, 5, 7, 8), (12, 31, 4, 40), (1, 17, 1, 19)):
    row("compare", [" ".join(map(str, t))], [compare(*t)])
for up, down in ((3, 9), (0, 12), (7, 7), (1, 30)):
    p = 2 * sum(F(comb(up + down, k), 2 ** (up + down)) for k in range(0, min(up, down) + 1))
    row("sign", [f"{up} {down}"], [dec(min(F(1), p))])
for d in ("1 2 -3 0 2 2 -1", "0.5 -0.25 3 -2 7 1.5 -1 4 4", "-1 -2 -3 -4 -5 6", "2 2 2 -2 1 0 0 5"):
    row("wilcoxon", [d], wilcoxon(fr(d)))
for k, table in ((2, "20 5 10 15"), (3, "11 3 1 4 17 2 0 5 9"), (4, "9 2 0 1 3 8 2 0 1 4 7 3 0 1 2 12")):
    for kind in (0, 1, 2):
        row("kappa", [f"{k} {kind}", table], kappa(k, kind, [int(v) for v in table.split()]))
for marks, totals in (("5 4 4 3 2 5 3 3", "19 15 16 9 4 17 9 12"), ("2 3 4 5 5", "18 15 9 4 4"), ("3 3 3 4 4 2 5", "10 11 9 9 14 10 12")):
    row("rs", [marks, totals], [rs(fr(marks), fr(totals))])
for school, region in (("17 19 20 16 18", "3 7 9 12 17 19 20 16 18 5 11 10"), ("4 9", "4 9 10 2 2")):
    row("ci", [school, region], ci(fr(school), fr(region)))
row("change", ["10 12 7 9 15 11", "9 13 8 6 10 11"], change(fr("10 12 7 9 15 11"), fr("9 13 8 6 10 11")))
row("change", ["5 6 7 8 19", "5 7 6 8 2"], change(fr("5 6 7 8 19"), fr("5 7 6 8 2")))
for works, difference in (("11 30 24 60", "0.25 -0.5 0.125 1.75"), ("5 7 100", "-2 0.3 0.31")):
    row("shift", [works, difference], shift(fr(works), fr(difference)))
