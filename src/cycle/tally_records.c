/* Facts from the records of the cycle itself: forms, events, surveys, cases, measures, recommendations. */
#include "cycle/tally_table.h"

#include "reference/json.h"

#include <stdio.h>
#include <string.h>

enum { PAGE = 1000, GOOD_ANSWER = 4 }; /* answers to a survey are 1…5; 4 and 5 are positive */

typedef struct gathering {
    oko_tally *f;
    const char *kind;
    int64_t seen;
    oko_error *err;
} gathering;

static void add_field(oko_tally *f, int64_t unit, const char *code, const json_t *value)
{
    char sum[OKO_VARIABLE_BYTES], number[OKO_VARIABLE_BYTES];
    const bool known = json_is_number(value) || json_is_boolean(value);
    if (!known || snprintf(number, sizeof number, "form_%s_n", code) >= (int)sizeof number) {
        return;
    }
    (void)snprintf(sum, sizeof sum, "form_%s", code);
    oko_tally_add(f, unit, sum, json_is_number(value) ? json_number_value(value) : json_is_true(value));
    oko_tally_add(f, unit, number, 1);
}

static void take_form(oko_tally *f, const oko_record *r, const json_t *body)
{
    const int64_t campaign = json_integer_value(json_object_get(body, "campaign"));
    if (f->query.campaign != 0 && campaign != f->query.campaign) {
        return;
    }
    const bool accepted = strcmp(r->state, "accepted") == 0;
    oko_tally_add(f, r->unit, "forms_expected", 1);
    oko_tally_add(f, r->unit, "forms_accepted", accepted);
    if (accepted) {
        const char *code;
        json_t *value;
        json_object_foreach(json_object_get(body, "values"), code, value)
        {
            add_field(f, r->unit, code, value);
        }
    }
}

static void take_event(oko_tally *f, const oko_record *r, const json_t *body)
{
    if (strcmp(r->state, "held") == 0 || strcmp(r->state, "closed") == 0) {
        oko_tally_add(f, r->unit, "events_held", 1);
        const json_t *participants = json_object_get(body, "participants");
        if (json_is_integer(participants)) {
            oko_tally_add(f, r->unit, "events_reach", (double)json_integer_value(participants));
        }
    }
}

static void take_survey(oko_tally *f, const oko_record *r, const json_t *body)
{
    const char *code;
    json_t *value;
    json_object_foreach(json_object_get(body, "answers"), code, value)
    {
        if (json_is_integer(value)) {
            oko_tally_add(f, r->unit, "survey_answers", 1);
            oko_tally_add(f, r->unit, "survey_positive", json_integer_value(value) >= GOOD_ANSWER);
        }
    }
}

static oko_status take(void *ctx, const oko_record *r)
{
    gathering *g = ctx;
    json_t *body = NULL;
    g->seen++;
    oko_status status = oko_json_parse((oko_str){ r->body, r->body_len }, r->kind, &body, g->err);
    if (status == OKO_OK) {
        if (strcmp(r->kind, "form") == 0) {
            take_form(g->f, r, body);
        } else if (strcmp(r->kind, "event") == 0) {
            take_event(g->f, r, body);
        } else {
            take_survey(g->f, r, body);
        }
    }
    json_decref(body);
    return status;
}

static oko_status pages(oko_tally *f, oko_store *store, const char *kind, oko_error *err)
{
    gathering g = { .f = f, .kind = kind, .err = err };
    oko_record_query query = { .kind = kind, .year = f->query.year, .limit = PAGE };
    int64_t total = 0;
    oko_status status;
    do {
        status = oko_store_record_walk(store, &query, take, &g, &total, err);
        query.offset += PAGE;
    } while (status == OKO_OK && query.offset < total);
    return status;
}

/* ---- counts by state ---- */

typedef struct state_rule {
    const char *kind, *variable, *states; /* " a b c ": states that count */
} state_rule;

static const state_rule rules[] = {
    { "case", "cases_open", " signal triage explanation cause recommendation plan execution acceptance effect " },
    { "case", "cases_closed", " dismissed closed repeated " },
    { "measure", "measures_planned", " planned in-progress reported accepted returned " },
    { "measure", "measures_accepted", " accepted " },
    { "recommendation", "recommendations_sent", " sent read answered closed " },
    { "recommendation", "recommendations_answered", " answered closed " },
};

typedef struct counting {
    oko_tally *f;
    const state_rule *rule;
} counting;

static oko_status count(void *ctx, int64_t unit, const char *state, int64_t n)
{
    const counting *c = ctx;
    char word[OKO_RECORD_STATE_BYTES + 2];
    (void)snprintf(word, sizeof word, " %s ", state);
    if (strstr(c->rule->states, word) != NULL) {
        oko_tally_add(c->f, unit, c->rule->variable, (double)n);
    }
    return OKO_OK;
}

oko_status oko_tally_of_records(oko_tally *f, oko_store *store, oko_error *err)
{
    static const char *const counted[] = { "events_held",          "events_reach",
                                           "cases_open",           "cases_closed",
                                           "measures_planned",     "measures_accepted",
                                           "recommendations_sent", "recommendations_answered" };
    oko_status status = pages(f, store, "form", err);
    status = status == OKO_OK ? pages(f, store, "event", err) : status;
    status = status == OKO_OK ? pages(f, store, "survey-answer", err) : status;
    for (size_t i = 0; status == OKO_OK && i < sizeof rules / sizeof *rules; i++) {
        counting c = { .f = f, .rule = &rules[i] };
        const oko_record_query query = { .kind = rules[i].kind, .year = f->query.year };
        status = oko_store_record_counts(store, &query, true, count, &c, err);
    }
    if (status == OKO_OK) {
        /* What the program itself keeps is known: nothing there is zero. What people have to tell is not. */
        for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
            oko_tally_zero(f, counted[i]);
        }
        oko_tally_why(f, "form", "indicator.no_form");
        oko_tally_why(f, "survey", "indicator.no_survey");
    }
    return status;
}
