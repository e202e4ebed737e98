#!/usr/bin/env python3
"""Reference values of p-value combination and ranking, by exact or 60-digit arithmetic of the standard library.

combine.py > tests/data/reference/combine.csv

cauchy: log of the Cauchy combination (Liu & Xie 2020) of one-sided p given as natural logarithms, p above .99 as .99:
        T = sum w tan((1/2 - p) pi) / sum w, p = 1/2 - atan(T)/pi = atan2(1, T)/pi. Series of sine, cosine and
        arctangent are summed here; no double is used.
bh:     Benjamini & Hochberg's q by the definition, min over larger p of n p / rank, in fractions.
A row: kind; inputs separated by blanks; weights separated by blanks; expected values separated by blanks.
"""
from decimal import Decimal as D, getcontext
from fractions import Fraction as F

getcontext().prec = 70
TINY = D(10) ** -68


def arctan(x):
    """x in [0, 1]; the argument is halved first: atan x = 2 atan(x / (1 + sqrt(1 + x^2)))."""
    halvings = 0
    while x > D("0.01"):
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    total, power, n = D(0), x, 1
    while abs(power) > TINY * abs(x):
        total += power / n if n % 4 == 1 else -power / n
        power *= x * x
        n += 2
    return total * 2 ** halvings


PI = 4 * (4 * arctan(D(1) / 5) - arctan(D(1) / 239))  # Machin


def sine_cosine(x):
    s, c, term, n = D(0), D(0), D(1), 0
    while abs(term) > TINY * D(10) ** -400 and n < 400:
        if n % 2 == 0:
            c += term if n % 4 == 0 else -term
        else:
            s += term if n % 4 == 1 else -term
        n += 1
        term = term * x / n
    return s, c


def cauchy(log_p, weights):
    total, mass = D(0), D(0)
    for text, weight in zip(log_p, weights):
        p = min(D(text).exp(), D("0.99"))
        s, c = sine_cosine(p * PI)  # tan(pi/2 - x) = cos x / sin x
        total += D(weight) * c / s
        mass += D(weight)
    t = total / mass
    if t > 1:
        angle = arctan(1 / t)
    elif t >= 0:
        angle = PI / 2 - arctan(t)
    elif t >= -1:
        angle = PI / 2 + arctan(-t)
    else:
        angle = PI - arctan(-1 / t)
    return (angle / PI).ln()


def bh(p):
    exact = [F(text) for text in p]
    order = sorted(range(len(p)), key=lambda i: exact[i])
    q, least = [None] * len(p), F(1)
    for rank in range(len(p), 0, -1):
        i = order[rank - 1]
        least = min(least, exact[i] * len(p) / rank)
        q[i] = least
    return q


CAUCHY = [
    (["-0.5"], ["1"]),
    (["-3.25", "-0.125"], ["1", "1"]),
    (["-3.25", "-0.125", "-7.5"], ["1", "0.5", "0.25"]),
    (["-0.001", "-0.002", "-9"], ["1", "1", "1"]),
    (["-40.5", "-2", "-1"], ["1", "1", "1"]),
    (["-300.125", "-0.75"], ["0.5", "1"]),
    (["-690", "-689", "-0.25", "-5"], ["1", "0.4", "1", "0.3"]),
    (["-1.75", "-1.5", "-2.25", "-0.0625", "-4"], ["1", "1", "1", "1", "0.5"]),
]
BH = [
    ["0.01", "0.02", "0.03", "0.04", "0.05"],
    ["0.5", "0.001", "0.25", "0.001", "0.8", "0.03125"],
    ["0.0625", "0.9", "0.015625", "0.4375", "0.0078125", "0.71875", "0.125"],
]

for log_p, weights in CAUCHY:
    print(f"cauchy;{' '.join(log_p)};{' '.join(weights)};{cauchy(log_p, weights):.20g}")
for p in BH:
    print(f"bh;{' '.join(p)};;{' '.join(f'{float(v):.17g}' for v in bh(p))}")
