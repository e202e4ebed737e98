/* Tells stories: variables, steps, loops, checks. */
#include "http/story.h"
#include "base/memory.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAIT_STEPS = 6000, WAIT_MICROSECONDS = 50000 };

typedef struct teller {
    json_t *variables;
    oko_story_send_fn send;
    void *ctx;
    oko_story_result *result;
    oko_error *err;
    int depth;
} teller;

/* What holds for a step and the steps in it. */
typedef struct frame {
    const char *as, *on, *note;
} frame;

static oko_status tell_all(teller *t, const json_t *steps, frame f);

static oko_status no_memory(const teller *t)
{
    return oko_error_set(t->err, OKO_E_MEMORY, "", "");
}

static oko_status fault(teller *t, const frame *f, const char *what, const char *why)
{
    (void)snprintf(t->result->where, sizeof t->result->where, "%s: %s: %s: %s", f->note, f->as, what, why);
    oko_status status = oko_error_set(t->err, OKO_E_CONFLICT, "story.fault", "");
    oko_error_arg(t->err, "%s: %s: %s", f->note, f->as, what);
    oko_error_arg(t->err, "%s", why);
    return status;
}

/* ---- JSON pointers and variables ---- */

static json_t *part(json_t *value, const char *pointer)
{
    char name[128];
    while (value != NULL && *pointer == '/') {
        const size_t n = strcspn(++pointer, "/");
        (void)snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), pointer);
        value = json_is_array(value) ? json_array_get(value, (size_t)strtoul(name, NULL, 10))
                                     : json_object_get(value, name);
        pointer += n;
    }
    return value;
}

/* The variable of a place "name" or "name/pointer". */
static json_t *variable(const teller *t, const char *place, size_t n)
{
    char text[256], name[64];
    (void)snprintf(text, sizeof text, "%.*s", (int)n, place);
    const size_t head = strcspn(text, "/");
    (void)snprintf(name, sizeof name, "%.*s", (int)(head < sizeof name ? head : sizeof name - 1), text);
    return part(json_object_get(t->variables, name), text + head);
}

static void add_value(oko_buffer *out, const json_t *value)
{
    if (json_is_string(value)) {
        oko_buffer_str(out, json_string_value(value));
    } else if (json_is_integer(value)) {
        oko_buffer_printf(out, "%lld", (long long)json_integer_value(value));
    } else if (value != NULL) {
        OKO_CLEANUP(oko_freep) char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        oko_buffer_str(out, text != NULL ? text : "");
    }
}

/* Text with its variables put in. malloc; NULL when memory is out. */
static char *fill_text(const teller *t, const char *text)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, 1 << 20);
    while (*text != '\0') {
        const char *open = strstr(text, "${"), *close = open != NULL ? strchr(open, '}') : NULL;
        if (close == NULL) {
            oko_buffer_str(&out, text);
            break;
        }
        oko_buffer_add(&out, text, (size_t)(open - text));
        add_value(&out, variable(t, open + 2, (size_t)(close - open - 2)));
        text = close + 1;
    }
    return oko_buffer_status(&out) == OKO_OK ? oko_str_dup((oko_str){ out.ptr, out.len }) : NULL;
}

/* A copy with all variables put in; new reference. */
static json_t *fill(const teller *t, const json_t *value)
{
    if (json_is_string(value)) {
        const char *text = json_string_value(value);
        const size_t n = strlen(text);
        if (n > 3 && strncmp(text, "${", 2) == 0 && strchr(text, '}') == text + n - 1) {
            json_t *v = variable(t, text + 2, n - 3);
            return v != NULL ? json_incref(v) : json_null();
        }
        OKO_CLEANUP(oko_freep) char *filled = fill_text(t, text);
        return filled != NULL ? json_string(filled) : NULL;
    }
    if (json_is_array(value)) {
        json_t *list = json_array();
        for (size_t i = 0; list != NULL && i < json_array_size(value); i++) {
            (void)json_array_append_new(list, fill(t, json_array_get(value, i)));
        }
        return list;
    }
    if (json_is_object(value) && json_object_get(value, "pick") != NULL) {
        OKO_CLEANUP(oko_json_freep) json_t *no = fill(t, json_object_get(value, "pick"));
        const json_t *of = json_object_get(value, "of");
        const size_t n = json_array_size(of);
        return n > 0 ? fill(t, json_array_get(of, (size_t)json_integer_value(no) % n)) : json_null();
    }
    if (json_is_object(value)) {
        json_t *object = json_object();
        const char *name;
        json_t *v;
        json_object_foreach((json_t *)(uintptr_t)value, name, v)
        {
            (void)json_object_set_new(object, name, fill(t, v));
        }
        return object;
    }
    return json_incref((json_t *)(uintptr_t)value);
}

/* ---- calls ---- */

static oko_status send(teller *t, const frame *f, oko_story_call call, oko_story_answer *ret_answer)
{
    call.as = f->as;
    call.on = f->on;
    t->result->calls++;
    *ret_answer = (oko_story_answer){ 0 };
    return t->send(t->ctx, &call, ret_answer, t->err);
}

static oko_status keep(teller *t, const json_t *step, json_t *answer)
{
    const char *name;
    json_t *pointer;
    json_object_foreach(json_object_get(step, "keep"), name, pointer)
    {
        json_t *value = part(answer, json_string_value(pointer));
        if (json_object_set(t->variables, name, value != NULL ? value : json_null()) != 0) {
            return no_memory(t);
        }
    }
    return OKO_OK;
}

/* Was the answer the one that was told? */
static oko_status expect(teller *t, const frame *f, const json_t *step, const char *what, const oko_story_answer *a)
{
    const json_t *wanted = json_object_get(step, "expect");
    const bool good =
        wanted != NULL ? a->status == (int)json_integer_value(wanted) : a->status >= 200 && a->status < 300;
    if (good) {
        return OKO_OK;
    }
    char why[200];
    const char *detail = json_string_value(json_object_get(a->body, "detail"));
    OKO_CLEANUP(oko_freep)
    char *places = json_dumps(json_object_get(a->body, "errors"), JSON_COMPACT | JSON_ENCODE_ANY);
    (void)snprintf(why, sizeof why, "status %d, %.100s %.80s", a->status, detail != NULL ? detail : "",
                   places != NULL ? places : "");
    return fault(t, f, what, why);
}

static oko_status do_call(teller *t, const frame *f, const json_t *step, const char *what, const char *file)
{
    OKO_CLEANUP(oko_json_freep) json_t *body = NULL;
    const json_t *given = json_object_get(step, "body");
    char method[16];
    const size_t n = strcspn(what, " ");
    (void)snprintf(method, sizeof method, "%.*s", (int)(n < sizeof method ? n : sizeof method - 1), what);
    if (given != NULL && (body = fill(t, given)) == NULL) {
        return no_memory(t);
    }
    oko_story_answer a;
    oko_status status =
        send(t, f,
             (oko_story_call){ .method = method, .path = what + n + (what[n] == ' '), .body = body, .file = file }, &a);
    status = status == OKO_OK ? expect(t, f, step, what, &a) : status;
    status = status == OKO_OK ? keep(t, step, a.body) : status;
    json_decref(a.body);
    return status;
}

/* Reads the version, then sends. target: "/events/17"; action NULL: a PATCH. */
static oko_status do_versioned(teller *t, const frame *f, const json_t *step, const char *target, const char *action)
{
    OKO_CLEANUP(oko_json_freep) json_t *body = NULL;
    const json_t *given = json_object_get(step, action != NULL ? "input" : "body");
    char path[512];
    oko_story_answer a;
    oko_status status = send(t, f, (oko_story_call){ .method = "GET", .path = target }, &a);
    const int64_t version = json_integer_value(json_object_get(a.body, "version"));
    if (status == OKO_OK && a.status != 200) {
        status = expect(t, f, NULL, target, &a);
    }
    json_decref(a.body);
    if (status != OKO_OK) {
        return status;
    }
    body = given != NULL ? fill(t, given) : json_object();
    if (body == NULL) {
        return no_memory(t);
    }
    (void)snprintf(path, sizeof path, action != NULL ? "%s/actions/%s" : "%s", target, action);
    status = send(
        t, f,
        (oko_story_call){ .method = action != NULL ? "POST" : "PATCH", .path = path, .body = body, .version = version },
        &a);
    status = status == OKO_OK ? expect(t, f, step, path, &a) : status;
    status = status == OKO_OK ? keep(t, step, a.body) : status;
    json_decref(a.body);
    return status;
}

static oko_status do_act(teller *t, const frame *f, const json_t *step, char *what)
{
    char *space = strchr(what, ' ');
    if (space == NULL) {
        return fault(t, f, what, "no action");
    }
    *space = '\0';
    return do_versioned(t, f, step, what, space + 1);
}

static oko_status do_wait(teller *t, const frame *f, const char *job)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/jobs/%.40s", job);
    for (int i = 0; i < WAIT_STEPS; i++) {
        oko_story_answer a;
        oko_status status = send(t, f, (oko_story_call){ .method = "GET", .path = path }, &a);
        if (status != OKO_OK) {
            return status;
        }
        char state[32], why[160];
        const char *text = json_string_value(json_object_get(a.body, "state"));
        const char *detail = json_string_value(json_object_get(json_object_get(a.body, "error"), "detail"));
        (void)snprintf(state, sizeof state, "%s", text != NULL ? text : "");
        (void)snprintf(why, sizeof why, "%s %s", state, detail != NULL ? detail : "");
        json_decref(a.body);
        if (strcmp(state, "done") == 0) {
            return OKO_OK;
        }
        if (strcmp(state, "queued") != 0 && strcmp(state, "running") != 0) {
            return fault(t, f, path, why);
        }
        (void)usleep(WAIT_MICROSECONDS);
    }
    return fault(t, f, path, "it takes too long");
}

/* ---- checks ---- */

static bool number_of(const json_t *value, double *ret)
{
    *ret = json_is_array(value) ? (double)json_array_size(value) : json_number_value(value);
    return json_is_array(value) || json_is_number(value);
}

static bool holds(const teller *t, const json_t *step, const json_t *value)
{
    const json_t *equals = json_object_get(step, "equals"), *least = json_object_get(step, "at_least");
    const char *has = json_string_value(json_object_get(step, "has"));
    double got, wanted;
    if (equals != NULL) {
        OKO_CLEANUP(oko_json_freep) json_t *filled = fill(t, equals);
        return number_of(filled, &wanted) && number_of(value, &got) ? got == wanted : json_equal(filled, value) != 0;
    }
    if (least != NULL) {
        return number_of(value, &got) && number_of(least, &wanted) && got >= wanted;
    }
    return has != NULL ? json_is_string(value) && strstr(json_string_value(value), has) != NULL
                       : value != NULL && !json_is_null(value);
}

static oko_status do_check(teller *t, const frame *f, const json_t *step, const char *path)
{
    const char *at = json_string_value(json_object_get(step, "at"));
    oko_story_answer a;
    oko_status status = send(t, f, (oko_story_call){ .method = "GET", .path = path }, &a);
    status = status == OKO_OK ? expect(t, f, step, path, &a) : status;
    json_t *value = part(a.body, at != NULL ? at : "");
    if (status == OKO_OK && !holds(t, step, value)) {
        OKO_CLEANUP(oko_freep) char *got = value != NULL ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
        char why[160];
        (void)snprintf(why, sizeof why, "%s is %.100s", at != NULL ? at : "", got != NULL ? got : "absent");
        status = fault(t, f, path, why);
    }
    status = status == OKO_OK ? keep(t, step, a.body) : status;
    json_decref(a.body);
    return status;
}

/* ---- loops ---- */

static oko_status loop(teller *t, const frame *f, const json_t *step, const json_t *items)
{
    const char *name = json_string_value(json_object_get(step, "var"));
    const json_t *first = json_object_get(step, "first"), *every = json_object_get(step, "every");
    const size_t most = first != NULL ? (size_t)json_integer_value(first) : SIZE_MAX;
    const size_t stride = every != NULL && json_integer_value(every) > 0 ? (size_t)json_integer_value(every) : 1;
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < json_array_size(items) && i / stride < most; i += stride) {
        if (json_object_set(t->variables, name != NULL ? name : "item", json_array_get(items, i)) != 0) {
            return no_memory(t);
        }
        status = tell_all(t, json_object_get(step, "steps"), *f);
    }
    return status;
}

static oko_status do_each(teller *t, const frame *f, const json_t *step, const char *path)
{
    oko_story_answer a;
    oko_status status = send(t, f, (oko_story_call){ .method = "GET", .path = path }, &a);
    status = status == OKO_OK ? expect(t, f, step, path, &a) : status;
    status = status == OKO_OK ? loop(t, f, step, json_object_get(a.body, "items")) : status;
    json_decref(a.body);
    return status;
}

static oko_status do_let(teller *t, const json_t *values)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)values, name, value)
    {
        json_t *filled = fill(t, value);
        if (filled == NULL || json_object_set_new(t->variables, name, filled) != 0) {
            return no_memory(t);
        }
    }
    return OKO_OK;
}

/* ---- steps ---- */

static const char *or_of(const char *text, const char *other)
{
    return text != NULL ? text : other;
}

static oko_status tell_one(teller *t, const frame *f, const json_t *step)
{
    static const char *const verbs[] = { "call", "act", "change", "upload", "wait", "each", "check" };
    size_t verb = 0;
    while (verb < 7 && json_object_get(step, verbs[verb]) == NULL) {
        verb++;
    }
    if (verb == 7) {
        const json_t *let = json_object_get(step, "let");
        return let != NULL ? do_let(t, let) : tell_all(t, json_object_get(step, "steps"), *f);
    }
    OKO_CLEANUP(oko_json_freep) json_t *filled = fill(t, json_object_get(step, verbs[verb]));
    if (json_is_array(filled)) {
        return loop(t, f, step, filled);
    }
    OKO_CLEANUP(oko_buffer_free) oko_buffer what = { 0 };
    oko_buffer_init(&what, 4096);
    add_value(&what, filled);
    if (what.ptr == NULL || oko_buffer_status(&what) != OKO_OK) {
        return fault(t, f, verbs[verb], "nothing to do");
    }
    OKO_CLEANUP(oko_freep) char *to = fill_text(t, or_of(json_string_value(json_object_get(step, "to")), ""));
    char target[600];
    switch (verb) {
    case 0:
        return do_call(t, f, step, what.ptr, NULL);
    case 1:
        return do_act(t, f, step, what.ptr);
    case 2:
        return do_versioned(t, f, step, what.ptr, NULL);
    case 3:
        (void)snprintf(target, sizeof target, "POST %s", to != NULL ? to : "");
        return do_call(t, f, step, target, what.ptr);
    case 4:
        return do_wait(t, f, what.ptr);
    case 5:
        return do_each(t, f, step, what.ptr);
    default:
        return do_check(t, f, step, what.ptr);
    }
}

static oko_status tell_all(teller *t, const json_t *steps, frame outer)
{
    oko_status status = OKO_OK;
    if (++t->depth > OKO_STORY_DEPTH) {
        return fault(t, &outer, "steps", "too deep");
    }
    for (size_t i = 0; status == OKO_OK && i < json_array_size(steps); i++) {
        const json_t *step = json_array_get(steps, i);
        OKO_CLEANUP(oko_freep) char *as = fill_text(t, or_of(json_string_value(json_object_get(step, "as")), outer.as));
        OKO_CLEANUP(oko_freep) char *on = fill_text(t, or_of(json_string_value(json_object_get(step, "on")), outer.on));
        if (as == NULL || on == NULL || ++t->result->steps > OKO_STORY_MAX_STEPS) {
            return as == NULL || on == NULL ? no_memory(t) : oko_error_set(t->err, OKO_E_LIMIT, "story.long", "");
        }
        const frame f = { .as = as,
                          .on = on,
                          .note = or_of(json_string_value(json_object_get(step, "note")), outer.note) };
        status = tell_one(t, &f, step);
    }
    t->depth--;
    return status;
}

oko_status oko_story_tell(const json_t *steps, json_t *variables, oko_story_send_fn send_fn, void *ctx,
                          oko_story_result *ret_result, oko_error *err)
{
    *ret_result = (oko_story_result){ 0 };
    teller t = { .variables = variables, .send = send_fn, .ctx = ctx, .result = ret_result, .err = err };
    return tell_all(&t, steps, (frame){ .as = "", .on = "", .note = "" });
}
