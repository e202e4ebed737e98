#!/usr/bin/env python3
"""Reference values of pair and person statistics and of item response models, from their definitions in docs/METHODS-pairs.md
and docs/METHODS-persons.md by 50-digit arithmetic, roots by bisection, extremes by all patterns. Standard library only.

answers.py > tests/data/reference/answers.csv

pair      options of the items; key; answers of a, b (-1: none); P_a; P_b; expected: n same both-missing E z omega_a omega_b
          omega weighted-omega log-GBT log-M4
persons   persons items; item maxima; scores (-1: none); slopes; intercepts c_1...; expected, per person: WLE, MLE, EAP of
          N(0, 1), lz and lz* at the WLE, H^T (marks 0/1 only), U3, G, G over its largest
curve     maximum; slope; intercepts; theta; expected: P(X = k)
"""
from decimal import Decimal as D, getcontext
from fractions import Fraction as F
from itertools import product

getcontext().prec = 50
NAN = D("nan")


def dec(f):
    return D(f.numerator) / D(f.denominator)


def text(values):
    return " ".join("nan" if isinstance(v, D) and v.is_nan() else f"{v:.20g}" if isinstance(v, D) else str(v) for v in values)


# ---- pairs ----

def tails(q, m, right, wrong, c, w):
    gbt, f = F(0), {}
    for kinds in product((0, 1, 2), repeat=len(q)):
        p = F(1)
        for k, r, v in zip(kinds, right, wrong):
            p *= (1 - r - v, r, v)[k]
        at = (kinds.count(1), kinds.count(2))
        f[at] = f.get(at, F(0)) + p
        gbt += p if at[0] + at[1] >= m else 0
    tail = {a: sum(p for b, p in f.items() if b[0] >= a[0] and b[1] >= a[1]) for a in f}
    return dec(gbt).ln(), dec(sum(p for a, p in f.items() if tail[a] <= tail[(c, w)])).ln()


def pair(options, key, a, b, pa, pb):
    q, right, wrong, same, given = [], [], [], [], ([], [])
    both = at = 0
    for j, n in enumerate(options):
        x, y = pa[at:at + n], pb[at:at + n]
        at += n
        if a[j] < 0 or b[j] < 0:
            both += a[j] < 0 and b[j] < 0
            continue
        q.append(sum(s * t for s, t in zip(x, y)))
        right.append(x[key[j]] * y[key[j]])
        wrong.append(q[-1] - right[-1])
        same.append((a[j] == b[j], a[j] == key[j]))
        given[0].append(y[a[j]])
        given[1].append(x[b[j]])
    m = sum(s for s, _ in same)

    def z(p):
        return dec(m - sum(p)) / dec(sum(v * (1 - v) for v in p)).sqrt()

    w = [-dec(v).ln() for v in q]
    weighted = sum(x * (int(s) - dec(v)) for x, (s, _), v in zip(w, same, q)) / \
        sum(x * x * dec(v * (1 - v)) for x, v in zip(w, q)).sqrt()
    c = sum(s and r for s, r in same)
    return [len(q), m, both, dec(sum(q)), z(q), z(given[0]), z(given[1]), max(z(given[0]), z(given[1])), weighted,
            *tails(q, m, right, wrong, c, m - c)]


def put_pair(options, key, a, b, pa, pb):
    fr = [[F(v) for v in p.split()] for p in (pa, pb)]
    print("pair;" + ";".join([text(options), text(key), text(a + b), pa, pb, text(pair(options, key, a, b, *fr))]))


# ---- persons ----

def probabilities(slope, c, theta):
    e = [(k * slope * theta + v).exp() for k, v in enumerate([D(0)] + c)]
    return [v / sum(e) for v in e]


def central(p, x, n):
    mean = sum(a * b for a, b in zip(p, x))
    return sum(a * (b - mean) ** n for a, b in zip(p, x))


def bisect(f):
    lo, hi = D(-40), D(40)
    for _ in range(170):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if f(mid) > 0 else (lo, mid)
    return (lo + hi) / 2


class Person:
    def __init__(self, score, slopes, curves):
        self.items = [(x, a, c) for x, a, c in zip(score, slopes, curves) if x >= 0]
        self.extreme = sum(x for x, _, _ in self.items) in (0, sum(len(c) for _, _, c in self.items))

    def sums(self, theta):
        lack = info = third = D(0)
        for x, a, c in self.items:
            p, s = probabilities(a, c, theta), [a * k for k in range(len(c) + 1)]
            lack += a * x - sum(u * v for u, v in zip(p, s))
            info += central(p, s, 2)
            third += central(p, s, 3)
        return lack, info, third

    def wle(self):
        def f(theta):
            lack, info, third = self.sums(theta)
            return lack + third / (2 * info)
        return bisect(f)

    def mle(self):
        return NAN if self.extreme else bisect(lambda theta: self.sums(theta)[0])

    def eap(self):
        top = bottom = D(0)
        for k in range(-400, 401):  # the trapezoid rule is exact to the last digits for such an integrand
            theta = D(k) / 40
            f = (-theta * theta / 2).exp()
            for x, a, c in self.items:
                f *= probabilities(a, c, theta)[x]
            top += theta * f
            bottom += f
        return top / bottom

    def fit(self, theta):
        w = cov = var = ss = D(0)
        rows = []
        for x, a, c in self.items:
            p = probabilities(a, c, theta)
            logs, s = [v.ln() for v in p], [a * k for k in range(len(p))]
            rows.append((x, p, logs, s))
            mw, ms = sum(u * v for u, v in zip(p, logs)), sum(u * v for u, v in zip(p, s))
            w += logs[x] - mw
            var += central(p, logs, 2)
            cov += sum(u * (v - mw) * (t - ms) for u, v, t in zip(p, logs, s))
            ss += central(p, s, 2)
        beta, top, bottom = cov / ss, D(0), D(0)
        for x, p, logs, s in rows:
            r = [u - beta * v for u, v in zip(logs, s)]
            top += r[x] - sum(u * v for u, v in zip(p, r))
            bottom += central(p, r, 2)
        return w / var.sqrt(), NAN if self.extreme else top / bottom.sqrt()


def steps_of(table, item, top):
    seen = [row[item] for row in table if row[item] >= 0]
    return [F(sum(x >= k for x in seen), len(seen)) for k in range(1, top + 1)]


def errors(pattern, share):
    flags = [(pi, x >= k + 1) for x, s in zip(pattern, share) for k, pi in enumerate(s)]
    total = F(0)
    for i, (p, passed) in enumerate(flags):
        for q, other in flags[i + 1:]:
            if passed != other:
                easy = p if not passed else q
                hard = q if not passed else p
                total += 1 if easy > hard else F(1, 2) if easy == hard else 0
    return total


def order(table, row, maxima):
    items = [j for j in range(len(maxima)) if row[j] >= 0]
    share = [steps_of(table, j, maxima[j]) for j in items]
    mine = [row[j] for j in items]
    same = [p for p in product(*[range(maxima[j] + 1) for j in items]) if sum(p) == sum(mine)]
    odds = [[(dec(s) / dec(1 - s)).ln() if 0 < s < 1 else None for s in of] for of in share]
    assert all(v is not None for of in odds for v in of)

    def weight(p):
        return sum((odds[i][k] for i, x in enumerate(p) for k in range(x)), D(0))

    w = [weight(p) for p in same]
    g = [errors(p, share) for p in same]
    mine_g = errors(mine, share)
    if len(same) == 1:
        return NAN, D(0), NAN
    return (max(w) - weight(mine)) / (max(w) - min(w)), dec(mine_g), dec(mine_g / max(g))


def ht(table, n):
    top = bottom = F(0)
    for m, other in enumerate(table):
        both = [(x, y) for x, y in zip(table[n], other) if x >= 0 and y >= 0]
        if m == n or not both:
            continue
        p, q = F(sum(x for x, _ in both), len(both)), F(sum(y for _, y in both), len(both))
        top += F(sum(x * y for x, y in both), len(both)) - p * q
        bottom += min(p, q) * (1 - max(p, q))
    return dec(top / bottom) if bottom > 0 else NAN


def put_persons(maxima, table, slopes, intercepts):
    curves, at = [], 0
    for top in maxima:
        curves.append([D(v) for v in intercepts[at:at + top]])
        at += top
    out = []
    for n, row in enumerate(table):
        person = Person(row, [D(v) for v in slopes], curves)
        theta = person.wle()
        out += [theta, person.mle(), person.eap(), *person.fit(theta),
                ht(table, n) if max(maxima) == 1 and not person.extreme else NAN, *order(table, row, maxima)]
    flat = [x for row in table for x in row]
    print("persons;" + ";".join([f"{len(table)} {len(maxima)}", text(maxima), text(flat), " ".join(slopes),
                                 " ".join(intercepts), text(out)]))


put_pair([2, 3, 4, 2, 3], [0, 1, 3, 1, 2], [0, 1, 2, 1, 0], [0, 1, 2, 0, 0],
         "0.7 0.3 0.2 0.5 0.3 0.1 0.2 0.3 0.4 0.45 0.55 0.25 0.35 0.4",
         "0.6 0.4 0.1 0.65 0.25 0.15 0.05 0.2 0.6 0.3 0.7 0.2 0.3 0.5")
put_pair([4, 4, 4, 4, 4, 4, 4], [0, 1, 2, 3, 0, 1, 2], [1, 1, -1, 3, 2, -1, 2], [1, 0, 3, 3, 2, -1, 2],
         " ".join(["0.4 0.3 0.2 0.1", "0.1 0.6 0.2 0.1", "0.05 0.15 0.7 0.1", "0.2 0.2 0.2 0.4", "0.3 0.3 0.3 0.1",
                   "0.25 0.5 0.15 0.1", "0.02 0.03 0.9 0.05"]),
         " ".join(["0.5 0.1 0.3 0.1", "0.2 0.3 0.2 0.3", "0.15 0.25 0.4 0.2", "0.1 0.1 0.2 0.6", "0.6 0.2 0.1 0.1",
                   "0.2 0.4 0.3 0.1", "0.1 0.1 0.7 0.1"]))
put_persons([1, 1, 1, 1, 1, 1], [[1, 1, 1, 0, 0, 0], [1, 0, 1, 1, 0, 1], [0, 0, 1, 0, 1, 1], [1, 1, 1, 1, 1, 0],
                                 [0, 1, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0], [1, 1, -1, 0, 1, 0], [1, 1, 1, 1, 1, 1],
                                 [1, 1, 1, 1, 0, -1]],
            ["1", "0.8", "1.3", "1", "0.6", "1.7"], ["1.5", "0.7", "0.4", "-0.2", "-0.9", "-1.6"])
put_persons([2, 1, 3, 2, 1], [[2, 1, 1, 0, 0], [0, 0, 3, 2, 1], [1, 1, 2, 0, 0], [2, 0, 3, 1, 1], [1, 1, 0, -1, 0],
                              [2, 1, 3, 2, 0], [1, 0, 1, 1, 0], [0, 1, 1, 0, 0], [2, 1, 2, 1, 0], [2, 1, 0, 0, 1],
                              [1, 1, 2, 1, 0]],
            ["1", "1.25", "0.7", "0.9", "1.4"],
            ["1.1", "0.9", "0.8", "0.6", "0.5", "-0.7", "0.2", "-1.3", "-1"])
for top, slope, c, theta in ((1, "1.3", ["-0.4"], "0.75"), (3, "0.9", ["0.5", "0.1", "-1.2"], "-1.5"),
                             (2, "2.1", ["1.75", "-0.3"], "6.5")):
    print(f"curve;{top};{slope};{' '.join(c)};{theta};"
          + text(probabilities(D(slope), [D(v) for v in c], D(theta))))
