/* The short survey of an event, before and after: answers as records, results without names. */
#include "cycle/body.h"
#include "cycle/events.h"
#include "cycle/nouns.h"
#include "stats/special.h"

#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PAGE = 1000, QUESTIONS = 40, GOOD = 4 };

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- answers ---- */

static bool asked(const json_t *survey, const char *code)
{
    size_t i;
    json_t *q;
    json_array_foreach((json_t *)(uintptr_t)survey, i, q)
    {
        if (strcmp(oko_body_str(q, "code"), code) == 0) {
            return true;
        }
    }
    return false;
}

/* «После» begins on the day of the event: people answer before they go home. */
static bool open_for(const oko_cycle *c, const oko_entry *event, const char *phase)
{
    const bool planned = strcmp(event->head.state, "planned") == 0;
    if (strcmp(phase, "before") == 0) {
        return planned;
    }
    return strcmp(event->head.state, "held") == 0 || strcmp(event->head.state, "closed") == 0 ||
           (planned && strncmp(c->today, oko_body_str(event->body, "from"), OKO_DATE_BYTES - 1) >= 0);
}

static oko_status creating(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry event = { 0 };
    oko_status status = oko_cycle_get(c, "event", json_integer_value(json_object_get(e->body, "event")), &event, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "event.unknown", "event");
    }
    if (status != OKO_OK) {
        return status;
    }
    if (!open_for(c, &event, oko_body_str(e->body, "phase"))) {
        return oko_error_set(err, OKO_E_CONFLICT, "event.survey_closed", "phase");
    }
    const char *code;
    json_t *value;
    json_object_foreach(json_object_get(e->body, "answers"), code, value)
    {
        const json_int_t x = json_integer_value(value);
        if (!asked(json_object_get(event.body, "survey"), code) || !json_is_integer(value) || x < 1 || x > 5) {
            return oko_error_set(err, OKO_E_ARGUMENT, "event.survey_answer", code);
        }
    }
    e->head.year = event.head.year;
    (void)snprintf(e->head.title, sizeof e->head.title, "%s", event.head.title);
    return OKO_OK;
}

const oko_noun oko_noun_survey_answer = { .kind = "survey-answer", .creating = creating };

/* ---- results ---- */

typedef struct answers {
    int64_t n, sum, squares, good; /* of whole numbers 1…5: sums are exact */
} answers;

typedef struct results {
    const json_t *survey;
    size_t n;
    answers at[QUESTIONS][2]; /* before, after */
    oko_error *err;
} results;

static oko_status take(void *ctx, const oko_record *r)
{
    results *all = ctx;
    OKO_CLEANUP(oko_json_freep) json_t *body = NULL;
    oko_status status = oko_json_parse((oko_str){ r->body, r->body_len }, r->kind, &body, all->err);
    const int phase = strcmp(oko_body_str(body, "phase"), "after") == 0;
    for (size_t i = 0; status == OKO_OK && i < all->n; i++) {
        const json_t *v =
            json_object_get(json_object_get(body, "answers"), oko_body_str(json_array_get(all->survey, i), "code"));
        if (json_is_integer(v)) {
            const int64_t x = json_integer_value(v);
            answers *a = &all->at[i][phase];
            *a = (answers){ a->n + 1, a->sum + x, a->squares + x * x, a->good + (x >= GOOD) };
        }
    }
    return status;
}

static oko_status gather(const oko_cycle *c, int64_t event, results *all, oko_error *err)
{
    char id[24];
    int64_t total = 0;
    (void)snprintf(id, sizeof id, "%lld", (long long)event);
    oko_record_query q = { .kind = "survey-answer", .body_path = "event", .body_value = id, .limit = PAGE };
    oko_status status;
    do {
        status = oko_store_record_walk(c->store, &q, take, all, &total, err);
        q.offset += PAGE;
    } while (status == OKO_OK && q.offset < total);
    return status;
}

static double mean(const answers *a)
{
    return a->n > 0 ? (double)a->sum / (double)a->n : NAN;
}

/* Variance of the mean. */
static double variance(const answers *a)
{
    const double n = (double)a->n;
    return a->n > 1 ? ((double)a->squares - (double)a->sum * (double)a->sum / n) / (n - 1) / n : NAN;
}

static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *side(const answers *a, bool hidden)
{
    if (hidden) {
        return json_pack("{s:b}", "hidden", 1);
    }
    return json_pack("{s:I, s:o, s:o}", "n", (json_int_t)a->n, "mean", number(mean(a)), "good",
                     number(a->n > 0 ? (double)a->good / (double)a->n : NAN));
}

/* After − before with Welch's interval; null where a side has fewer than two answers. */
static json_t *change(const answers *before, const answers *after)
{
    const double vb = variance(before), va = variance(after), v = vb + va;
    if (!isfinite(v)) {
        return json_null();
    }
    const double d = mean(after) - mean(before);
    double half = 0;
    if (v > 0) {
        const double df = v * v / (vb * vb / (double)(before->n - 1) + va * va / (double)(after->n - 1));
        half = oko_t_975(df) * sqrt(v);
    }
    return json_pack("{s:f, s:f, s:f}", "value", d, "lo", d - half, "hi", d + half);
}

static json_t *question(const json_t *q, const answers at[2], bool published)
{
    const bool hide[2] = { published && at[0].n < OKO_SURVEY_MIN, published && at[1].n < OKO_SURVEY_MIN };
    return json_pack("{s:O, s:O, s:o, s:o, s:o}", "code", json_object_get(q, "code"), "text",
                     json_object_get(q, "text"), "before", side(&at[0], hide[0]), "after", side(&at[1], hide[1]),
                     "change", hide[0] || hide[1] ? json_null() : change(&at[0], &at[1]));
}

oko_status oko_event_survey(const oko_cycle *c, int64_t event, bool published, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *questions = json_array();
    oko_status status = questions != NULL ? oko_cycle_get(c, "event", event, &e, err) : no_memory(err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_flow *flow = oko_flow_find(c->flows, "survey-answer");
    /* The answers of others are for those who may read the answers of the event's whole reach. */
    const bool reads = flow != NULL && oko_access_role(c->actor, flow->read.roles, false, NULL) == OKO_OK &&
                       oko_access_unit(c->store, c->actor, e.head.unit, OKO_SCOPE_SUBTREE, NULL) == OKO_OK;
    published = published || !reads;
    const json_t *survey = json_object_get(e.body, "survey");
    const size_t n = json_array_size(survey);
    results all = { .survey = survey, .n = n < QUESTIONS ? n : QUESTIONS, .err = err };
    status = gather(c, event, &all, err);
    for (size_t i = 0; status == OKO_OK && i < all.n; i++) {
        json_t *q = question(json_array_get(survey, i), all.at[i], published);
        status = json_array_append_new(questions, q) == 0 ? OKO_OK : no_memory(err);
    }
    if (status != OKO_OK) {
        return status;
    }
    *ret_json =
        json_pack("{s:I, s:b, s:O}", "event", (json_int_t)event, "published", (int)published, "questions", questions);
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}
