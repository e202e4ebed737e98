#!/usr/bin/env python3
"""Reference values of the roster family's tails (docs/METHODS-families.md), in fractions of the standard library.

roster.py > tests/data/reference/roster.csv

absence  log mid-p of at least k absent of n, beta-binomial with mean mu and correlation rho: rising factorials   k n mu rho
weak     log mid-p that the absent (totals below 0) are as weak by what is known of them, given their number:
         all choices of one or two, weighted by the odds of absence (nan: not known)        totals; known; odds
"""
from decimal import Decimal as D, getcontext
from fractions import Fraction as F
from itertools import combinations
from math import comb

getcontext().prec = 50


def log(f):
    return (D(f.numerator) / D(f.denominator)).ln()


def rising(a, k):
    out = F(1)
    for i in range(k):
        out *= a + i
    return out


def absence(k, n, mu, rho):
    a, b = mu * (1 - rho) / rho, (1 - mu) * (1 - rho) / rho
    p = [comb(n, x) * rising(a, x) * rising(b, n - x) / rising(a + b, n) for x in range(n + 1)]
    assert sum(p) == 1
    return log(p[k] / 2 + sum(p[k + 1:]))


def weak(totals, known, odds):
    who = [i for i, v in enumerate(known) if v is not None]
    gone = [i for i in who if totals[i] < 0]
    seen = sum(known[i] for i in gone)
    below = equal = total = F(0)
    for choice in combinations(who, len(gone)):
        w = F(1)
        for i in choice:
            w *= odds[i]
        s = sum(known[i] for i in choice)
        total += w
        below += w if s < seen else 0
        equal += w if s == seen else 0
    return log((below + equal / 2) / total)


for k, n, mu, rho in ((3, 12, "0.125", "0.0625"), (0, 9, "0.1", "0.001"), (20, 25, "0.08", "0.03"), (7, 31, "0.2", "0.25")):
    print(f"absence;{k} {n} {mu} {rho};{absence(k, n, F(mu), F(rho)):.20g}")
for totals, known, odds in (
        ("-1 5 6 -1 9 12 14 3", "-1.5 -0.25 0.5 -0.75 0.125 1 1.25 -1", "0.3 0.2 0.1 0.25 0.15 0.05 0.04 0.35"),
        ("7 5 -1 8 9 10", "-0.5 nan -1 0.25 0.75 1.5", "0.2 0.1 0.3 0.15 0.1 0.05"),
        ("-1 5 6 -1 9 12 -1 3 4", "-1 -1 0.5 -1 0.125 1 nan -1 2", "0.3 0.2 0.1 0.25 0.15 0.05 0.04 0.35 0.1")):
    v = weak([int(x) for x in totals.split()], [None if x == "nan" else F(x) for x in known.split()], [F(x) for x in odds.split()])
    print(f"weak;{totals};{known};{odds};{v:.20g}")
