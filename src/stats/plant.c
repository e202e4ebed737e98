/* Planted changes of a class: what oko/simulate.h names, done to scores of any origin. */
#include "stats/plant.h"

#include <math.h>
#include <string.h>

static const char *const names[OKO_PLANT_COUNT] = { "none",      "bunching", "correction", "dictation",
                                                    "exclusion", "uplift",   "copying",    "ring",
                                                    "lenient",   "exam",     "mass" };

const char *oko_plant_name(oko_plant plant)
{
    return (unsigned)plant < OKO_PLANT_COUNT ? names[plant] : "";
}

static int8_t *work(const oko_plant_class *c, int pupil)
{
    return c->items + (size_t)pupil * (size_t)c->n_items;
}

static int sum_items(const oko_plant_class *c, int pupil)
{
    int sum = 0;
    for (int j = 0; j < c->n_items; j++) {
        int score = work(c, pupil)[j];
        sum += score > 0 ? score : 0;
    }
    return sum;
}

/* Can the answer still gain a mark? */
static bool has_room(const oko_plant_class *c, int pupil, int item)
{
    int score = work(c, pupil)[item];
    return score != OKO_PLANT_NOT_GIVEN && score < c->item_max[item];
}

/* Takes the total of a changed work again; 1 when the work changed. */
static int settle(const oko_plant_class *c, int pupil, bool touched)
{
    c->total[pupil] = (int16_t)sum_items(c, pupil);
    return touched;
}

static double share(double at_one, double strength)
{
    double s = at_one * strength;
    return s < 1 ? s : 1;
}

static int present(const oko_plant_class *c)
{
    int n = 0;
    for (int i = 0; i < c->n; i++) {
        n += c->absent[i] == 0;
    }
    return n;
}

/* Gives `points` one by one to random items that have room. */
static bool give_points(const oko_plant_class *c, oko_rng *rng, int pupil, int points)
{
    int8_t *items = work(c, pupil);
    bool given = false;
    int left = 0;
    for (int j = 0; j < c->n_items; j++) {
        left += has_room(c, pupil, j) ? c->item_max[j] - (items[j] > 0 ? items[j] : 0) : 0;
    }
    for (; points > 0 && left > 0; points--, left--) {
        int j = (int)oko_rng_below(rng, (uint32_t)c->n_items);
        while (!has_room(c, pupil, j)) {
            j = (j + 1) % c->n_items;
        }
        items[j] = (int8_t)((items[j] > 0 ? items[j] : 0) + 1);
        given = true;
    }
    return given;
}

/* ---- kinds: each returns the number of works changed ---- */

static int plant_bunching(const oko_plant_class *c, double strength, oko_rng *rng)
{
    int changed = 0;
    for (int i = 0; i < c->n; i++) {
        double u = oko_rng_uniform(rng);
        for (int k = 0; k < c->n_cutoffs && c->absent[i] == 0; k++) {
            int below = c->cutoffs[k] - c->total[i];
            if ((below == 1 && u < share(.85, strength)) || (below == 2 && u < share(.6, strength))) {
                changed += settle(c, i, give_points(c, rng, i, below));
                break;
            }
        }
    }
    return changed;
}

static int plant_correction(const oko_plant_class *c, double strength, oko_rng *rng)
{
    int changed = 0;
    for (int i = 0; i < c->n; i++) {
        bool chosen = oko_rng_uniform(rng) < .6 && c->absent[i] == 0;
        bool touched = false;
        for (int j = 0; j < c->n_items && chosen; j++) {
            if (has_room(c, i, j) && oko_rng_uniform(rng) < share(.4, strength)) {
                work(c, i)[j] = (int8_t)c->item_max[j];
                touched = true;
            }
        }
        changed += chosen ? settle(c, i, touched) : 0;
    }
    return changed;
}

/* Items that somebody present was given. */
static int known_items(const oko_plant_class *c, uint8_t *ret_known)
{
    int n = 0;
    for (int j = 0; j < c->n_items; j++) {
        ret_known[j] = 0;
        for (int i = 0; i < c->n && ret_known[j] == 0; i++) {
            ret_known[j] = c->absent[i] != 0 || work(c, i)[j] != OKO_PLANT_NOT_GIVEN;
        }
        n += ret_known[j];
    }
    return n;
}

static int plant_dictation(const oko_plant_class *c, double strength, oko_rng *rng)
{
    uint8_t known[OKO_PLANT_MAX_ITEMS];
    uint8_t told[OKO_PLANT_MAX_ITEMS] = { 0 };
    int n = known_items(c, known);
    int left = (int)(share(.25, strength) * n);
    left = left > 2 ? left : n < 2 ? n : 2;
    while (left > 0) {
        uint32_t j = oko_rng_below(rng, (uint32_t)c->n_items);
        left -= told[j] == 0 && known[j] != 0;
        told[j] = 1;
    }
    int changed = 0;
    for (int i = 0; i < c->n; i++) {
        bool touched = false;
        for (int j = 0; j < c->n_items && c->absent[i] == 0; j++) {
            if (told[j] != 0 && has_room(c, i, j) && oko_rng_uniform(rng) < .9) {
                work(c, i)[j] = (int8_t)c->item_max[j];
                touched = true;
            }
        }
        changed += c->absent[i] == 0 ? settle(c, i, touched) : 0;
    }
    return changed;
}

static double level_of(const oko_plant_class *c, int pupil)
{
    return c->ability != NULL ? c->ability[pupil] : c->total[pupil];
}

static void send_home(const oko_plant_class *c, int pupil)
{
    c->absent[pupil] = 1;
    c->total[pupil] = -1;
    for (int j = 0; j < c->n_items; j++) {
        int8_t *score = &work(c, pupil)[j];
        *score = *score == OKO_PLANT_NOT_GIVEN ? OKO_PLANT_NOT_GIVEN : OKO_PLANT_NOT_TRIED;
    }
}

static int plant_exclusion(const oko_plant_class *c, double strength)
{
    int wanted = (int)floor(share(.3, strength) * present(c) + .5);
    for (int k = 0; k < wanted; k++) {
        int weakest = -1;
        for (int i = 0; i < c->n; i++) {
            if (c->absent[i] == 0 && (weakest < 0 || level_of(c, i) < level_of(c, weakest))) {
                weakest = i;
            }
        }
        send_home(c, weakest);
    }
    return wanted;
}

/* Marks of a tenth of what the pupil could reach: with booklets, of the booklet. */
static int uplift_of(const oko_plant_class *c, int pupil, double strength)
{
    int max_total = 0;
    for (int j = 0; j < c->n_items; j++) {
        max_total += work(c, pupil)[j] != OKO_PLANT_NOT_GIVEN ? c->item_max[j] : 0;
    }
    int points = (int)(max_total * strength / 10);
    return points > 1 ? points : 1;
}

static int plant_uplift(const oko_plant_class *c, double strength, oko_rng *rng)
{
    int changed = 0;
    for (int i = 0; i < c->n; i++) {
        changed += c->absent[i] == 0 ? settle(c, i, give_points(c, rng, i, uplift_of(c, i, strength))) : 0;
    }
    return changed;
}

/* Takes this share of the other's answers, right or wrong, where both were given the item. */
static bool take_answers(const oko_plant_class *c, oko_rng *rng, int pupil, int from, double part)
{
    bool touched = false;
    for (int j = 0; j < c->n_items; j++) {
        int8_t *own = &work(c, pupil)[j];
        int8_t other = work(c, from)[j];
        bool both = *own != OKO_PLANT_NOT_GIVEN && other != OKO_PLANT_NOT_GIVEN;
        if (oko_rng_uniform(rng) < part && both && *own != other) {
            *own = other;
            touched = true;
        }
    }
    return touched;
}

static int plant_copying(const oko_plant_class *c, double strength, oko_rng *rng)
{
    int changed = 0;
    int neighbour = -1;
    for (int i = 0; i < c->n; i++) {
        if (c->absent[i] != 0) {
            continue;
        }
        if (neighbour < 0) {
            neighbour = i;
            continue;
        }
        changed += settle(c, i, take_answers(c, rng, i, neighbour, share(.4, strength)));
        neighbour = -1;
    }
    return changed;
}

/* Members are chosen one by one with the chance that leaves a ring of the wanted size (selection sampling). */
static int plant_ring(const oko_plant_class *c, double strength, oko_rng *rng)
{
    int here = present(c);
    int wanted = (int)floor(.3 * here + .5);
    wanted = wanted < 3 ? 3 : wanted;
    wanted = wanted > here ? here : wanted;
    uint8_t member[OKO_PLANT_MAX_PUPILS];
    int solver = -1;
    for (int i = 0, left = here, seats = wanted; i < c->n; i++) {
        member[i] = c->absent[i] == 0 && oko_rng_uniform(rng) * left < seats;
        left -= c->absent[i] == 0;
        seats -= member[i];
        solver = member[i] != 0 && (solver < 0 || c->total[i] > c->total[solver]) ? i : solver;
    }
    int changed = 0;
    for (int i = 0; i < c->n; i++) {
        if (member[i] != 0 && i != solver) {
            changed += settle(c, i, take_answers(c, rng, i, solver, share(.6, strength)));
        }
    }
    return changed;
}

/* Open items are those with more than one mark; in a test of 0 and 1 the last quarter. Nothing is marked up that was
 * not tried. */
static int plant_lenient(const oko_plant_class *c, double strength, oko_rng *rng)
{
    bool any = false;
    for (int j = 0; j < c->n_items; j++) {
        any = any || c->item_max[j] > 1;
    }
    int changed = 0;
    for (int i = 0; i < c->n; i++) {
        bool touched = false;
        for (int j = 0; j < c->n_items && c->absent[i] == 0; j++) {
            bool open = any ? c->item_max[j] > 1 : 4 * j >= 3 * c->n_items;
            int8_t *score = &work(c, i)[j];
            if (open && *score >= 0 && has_room(c, i, j) && oko_rng_uniform(rng) < share(.5, strength)) {
                (*score)++;
                touched = true;
            }
        }
        changed += c->absent[i] == 0 ? settle(c, i, touched) : 0;
    }
    return changed;
}

int plant_kind(oko_plant kind, double strength, oko_rng *rng, const oko_plant_class *c)
{
    switch (kind) {
    case OKO_PLANT_BUNCHING:
        return plant_bunching(c, strength, rng);
    case OKO_PLANT_CORRECTION:
        return plant_correction(c, strength, rng);
    case OKO_PLANT_DICTATION:
        return plant_dictation(c, strength, rng);
    case OKO_PLANT_EXCLUSION:
        return plant_exclusion(c, strength);
    case OKO_PLANT_UPLIFT:
    case OKO_PLANT_EXAM:
        return plant_uplift(c, strength, rng);
    case OKO_PLANT_COPYING:
        return plant_copying(c, strength, rng);
    case OKO_PLANT_RING:
        return plant_ring(c, strength, rng);
    case OKO_PLANT_LENIENT:
        return plant_lenient(c, strength, rng);
    case OKO_PLANT_NONE:
    case OKO_PLANT_MASS:
    case OKO_PLANT_COUNT:
    default:
        return 0;
    }
}

static bool class_fits(const oko_plant_class *c)
{
    if (c->n < 0 || c->n > OKO_PLANT_MAX_PUPILS || c->n_items < 1 || c->n_items > OKO_PLANT_MAX_ITEMS ||
        c->item_max == NULL || c->n_cutoffs < 0 || (c->n_cutoffs > 0 && c->cutoffs == NULL)) {
        return false;
    }
    bool fits = c->n == 0 || (c->absent != NULL && c->total != NULL && c->items != NULL);
    for (int j = 0; j < c->n_items && fits; j++) {
        fits = c->item_max[j] >= 1 && c->item_max[j] <= INT8_MAX;
    }
    for (int i = 0; i < c->n && fits; i++) {
        fits = c->absent[i] != 0 || c->total[i] == sum_items(c, i);
    }
    return fits;
}

oko_status oko_plant_into(oko_plant kind, double strength, uint64_t seed, const oko_plant_class *c, int *ret_changed)
{
    if (c == NULL || ret_changed == NULL || (unsigned)kind >= OKO_PLANT_COUNT || !(strength >= 0) ||
        strength > PLANT_MAX_STRENGTH || !class_fits(c)) {
        return OKO_E_ARGUMENT;
    }
    oko_rng rng = oko_rng_make(seed, (uint64_t)kind);
    *ret_changed = plant_kind(kind, strength, &rng, c);
    return OKO_OK;
}
