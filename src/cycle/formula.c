/*
 * Formulas on Lua. The text is scanned first: only the characters and names of arithmetic pass, which leaves Lua
 * nothing to run but operators and our functions. Errors of the scan know their place; those of Lua's parser are
 * placed by handing it the text byte by byte and counting.
 */
#include "cycle/formula.h"

#include "base/memory.h"

#include <lauxlib.h>
#include <lua.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 100000, MAX_MEMORY = 4 * 1024 * 1024 };

static const char value_type[] = "oko.value";

/* A value inside Lua: an index into the nodes of the computation. */
typedef struct node {
    double v;
    const char *why; /* NULL: not missing */
    json_t *trace;   /* owned */
} node;

typedef struct computation {
    oko_variable_fn fn;
    void *ctx;
    oko_status failed; /* of fn, or of ours: carried around Lua's own error */
    const char *failure, *failed_in;
    size_t memory;
    bool out_of_memory; /* the machine has none left, not the box */
    int n;
    node nodes[OKO_FORMULA_NODES];
    char why[OKO_FORMULA_VARIABLES][48];
    int n_why;
} computation;

/* ---- places ---- */

static oko_status fault_at(oko_error *err, oko_status code, const char *id, const char *text, size_t at,
                           const char *what)
{
    int line = 1, column = 1;
    for (size_t i = 0; i < at && text[i] != '\0'; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '\n') {
            line++;
            column = 1;
        } else if ((c & 0xC0) != 0x80) {
            column++;
        }
    }
    char place[32];
    (void)snprintf(place, sizeof place, "%d:%d", line, column);
    oko_status status = oko_error_set(err, code, id, place);
    oko_error_arg(err, "%s", what);
    return status;
}

/* ---- the scan ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool in_list(const char *word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(word, *list) == 0) {
            return true;
        }
    }
    return false;
}

static const char *const lua_words[] = { "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
                                         "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
                                         "repeat",   "return", "then", "true", "until",  "while", NULL };
static const char *const functions[] = { "share", "min",      "max",   "sum",     "mean",  "present", "first", "round",
                                         "abs",   "at_least", "above", "at_most", "below", "choose",  NULL };

const char *const *oko_formula_functions(void)
{
    return functions;
}

static oko_status scan_name(const char *text, size_t *at, oko_variable_known_fn known, void *ctx,
                            oko_formula_names *names, oko_error *err)
{
    char word[OKO_VARIABLE_BYTES];
    const size_t from = *at;
    size_t to = from;
    while (is_letter(text[to]) || is_digit(text[to])) {
        to++;
    }
    *at = to;
    if (to - from >= sizeof word) {
        return fault_at(err, OKO_E_FORMAT, "formula.unknown", text, from, "…");
    }
    memcpy(word, text + from, to - from);
    word[to - from] = '\0';
    while (text[to] == ' ' || text[to] == '\t') {
        to++;
    }
    if (in_list(word, lua_words)) {
        return fault_at(err, OKO_E_FORMAT, "formula.word", text, from, word);
    }
    const bool call = text[to] == '(';
    if (call ? !in_list(word, functions) : known != NULL && !known(ctx, word)) {
        return fault_at(err, OKO_E_FORMAT, "formula.unknown", text, from, word);
    }
    for (int i = 0; !call && i < names->n; i++) {
        if (strcmp(names->at[i], word) == 0) {
            return OKO_OK;
        }
    }
    if (!call) {
        if (names->n == OKO_FORMULA_VARIABLES) {
            return fault_at(err, OKO_E_LIMIT, "formula.long", text, from, word);
        }
        memcpy(names->at[names->n++], word, sizeof word);
    }
    return OKO_OK;
}

/* Digits, one point, an exponent: what Lua takes for a number is taken whole; "1..2" and "0x10" are not numbers. */
static oko_status scan_number(const char *text, size_t *at, oko_error *err)
{
    const size_t from = *at;
    size_t to = from;
    while (is_digit(text[to])) {
        to++;
    }
    if (text[to] == '.') {
        to++;
        while (is_digit(text[to])) {
            to++;
        }
    }
    if (text[to] == 'e' || text[to] == 'E') {
        to += text[to + 1] == '-' || text[to + 1] == '+' ? 2 : 1;
        while (is_digit(text[to])) {
            to++;
        }
    }
    if (is_letter(text[to]) || text[to] == '.' || (to == from + 1 && text[from] == '.')) {
        return fault_at(err, OKO_E_FORMAT, "formula.number", text, from, "");
    }
    *at = to;
    return OKO_OK;
}

static oko_status scan(const char *text, oko_variable_known_fn known, void *ctx, oko_formula_names *names,
                       oko_error *err)
{
    const size_t n = strnlen(text, OKO_FORMULA_BYTES + 1);
    if (n > OKO_FORMULA_BYTES) {
        return fault_at(err, OKO_E_LIMIT, "formula.long", text, OKO_FORMULA_BYTES, "");
    }
    size_t at = 0, seen = 0;
    oko_status status = OKO_OK;
    while (at < n && status == OKO_OK) {
        const char c = text[at];
        const bool twice = c == '/' && text[at + 1] == '/'; /* division to whole numbers is not offered */
        seen += c != ' ' && c != '\t' && c != '\n' && c != '\r';
        if (is_letter(c)) {
            status = scan_name(text, &at, known, ctx, names, err);
        } else if (is_digit(c) || c == '.') {
            status = scan_number(text, &at, err);
        } else if ((!twice && strchr("+*/^(), \t\r\n", c) != NULL) || (c == '-' && text[at + 1] != '-')) {
            at++;
        } else {
            char what[8] = "";
            size_t end = at + 1;
            while (end < n && ((unsigned char)text[end] & 0xC0) == 0x80) {
                end++;
            }
            (void)oko_str_copy(what, sizeof what, (oko_str){ text + at, end - at });
            status = fault_at(err, OKO_E_FORMAT, "formula.character", text, at, what);
        }
    }
    if (status == OKO_OK && seen == 0) {
        return fault_at(err, OKO_E_FORMAT, "formula.empty", text, 0, "");
    }
    return status;
}

/* ---- values inside Lua ---- */

static computation *computation_of(lua_State *L)
{
    return *(computation **)lua_getextraspace(L);
}

/* Leaves Lua with a reason of our own. */
static int fail(lua_State *L, oko_status status, const char *id, const char *in)
{
    computation *m = computation_of(L);
    m->failed = status;
    m->failure = id;
    m->failed_in = in;
    return luaL_error(L, "%s", id);
}

/* Pushes a new value; trace is taken over. */
static int push(lua_State *L, double v, const char *why, json_t *trace)
{
    computation *m = computation_of(L);
    if (m->n == OKO_FORMULA_NODES || trace == NULL) {
        json_decref(trace);
        return fail(L, trace == NULL ? OKO_E_MEMORY : OKO_E_LIMIT, "formula.heavy", "");
    }
    if (why == NULL && !isfinite(v)) {
        why = "formula.not_finite";
    }
    json_t *value = why == NULL ? json_real(v) : json_null();
    json_object_set_new(trace, "value", value);
    if (why != NULL) {
        json_object_set_new(trace, "why", json_string(why));
    }
    m->nodes[m->n] = (node){ .v = why == NULL ? v : NAN, .why = why, .trace = trace };
    int *index = lua_newuserdatauv(L, sizeof *index, 0);
    *index = m->n++;
    luaL_setmetatable(L, value_type);
    return 1;
}

/* The value at a place of the stack; a plain number becomes one. */
static const node *value_at(lua_State *L, int at)
{
    computation *m = computation_of(L);
    if (lua_isnumber(L, at)) {
        double v = lua_tonumber(L, at);
        (void)push(L, v, NULL, json_pack("{s:f}", "number", isfinite(v) ? v : 0.0));
        lua_replace(L, at);
    }
    const int *index = luaL_testudata(L, at, value_type);
    if (index == NULL) {
        (void)fail(L, OKO_E_FORMAT, "formula.call", "");
        return NULL; /* not reached */
    }
    return &m->nodes[*index];
}

/* A new trace of an operation over the values 1…n of the stack. */
static json_t *operation(lua_State *L, const char *op, int n)
{
    json_t *args = json_array();
    for (int i = 1; args != NULL && i <= n; i++) {
        (void)json_array_append(args, value_at(L, i)->trace);
    }
    return args == NULL ? NULL : json_pack("{s:s, s:o}", "op", op, "args", args);
}

static const char *first_missing(lua_State *L, int n)
{
    for (int i = 1; i <= n; i++) {
        const node *x = value_at(L, i);
        if (x->why != NULL) {
            return x->why;
        }
    }
    return NULL;
}

static int binary(lua_State *L, const char *op, double (*f)(double, double))
{
    const char *why = first_missing(L, 2);
    const double a = value_at(L, 1)->v, b = value_at(L, 2)->v;
    if (why == NULL && b == 0 && (*op == '/' || *op == 's')) {
        why = "formula.zero";
    }
    return push(L, why == NULL ? f(a, b) : NAN, why, operation(L, op, 2));
}

static double plus(double a, double b)
{
    return a + b;
}
static double minus(double a, double b)
{
    return a - b;
}
static double times(double a, double b)
{
    return a * b;
}
static double over(double a, double b)
{
    return a / b;
}
static double percent(double a, double b)
{
    return 100 * a / b;
}
static double at_least(double a, double b)
{
    return a >= b;
}
static double above(double a, double b)
{
    return a > b;
}

static int l_add(lua_State *L)
{
    return binary(L, "+", plus);
}
static int l_sub(lua_State *L)
{
    return binary(L, "-", minus);
}
static int l_mul(lua_State *L)
{
    return binary(L, "*", times);
}
static int l_div(lua_State *L)
{
    return binary(L, "/", over);
}
static int l_pow(lua_State *L)
{
    return binary(L, "^", pow);
}
static int l_negate(lua_State *L)
{
    lua_settop(L, 1);
    const node *x = value_at(L, 1);
    return push(L, -x->v, x->why, operation(L, "-", 1));
}

static void arguments(lua_State *L, const char *name, int min, int max)
{
    const int n = lua_gettop(L);
    if (n < min || n > max) {
        (void)fail(L, OKO_E_FORMAT, "formula.call", name);
    }
    for (int i = 1; i <= n; i++) {
        (void)value_at(L, i);
    }
}

static int l_share(lua_State *L)
{
    arguments(L, "share", 2, 2);
    return binary(L, "share", percent);
}
static int l_at_least(lua_State *L)
{
    arguments(L, "at_least", 2, 2);
    return binary(L, "at_least", at_least);
}
static int l_above(lua_State *L)
{
    arguments(L, "above", 2, 2);
    return binary(L, "above", above);
}
static int l_at_most(lua_State *L)
{
    arguments(L, "at_most", 2, 2);
    lua_insert(L, 1);
    return binary(L, "at_least", at_least);
}
static int l_below(lua_State *L)
{
    arguments(L, "below", 2, 2);
    lua_insert(L, 1);
    return binary(L, "above", above);
}

/* min, max, sum, mean: missing when one of them is. */
static int fold(lua_State *L, const char *name)
{
    arguments(L, name, 1, 32);
    const int n = lua_gettop(L);
    double r = value_at(L, 1)->v;
    for (int i = 2; i <= n; i++) {
        const double v = value_at(L, i)->v;
        r = *name == 'm' && name[1] == 'i' ? fmin(r, v) : *name == 'm' && name[1] == 'a' ? fmax(r, v) : r + v;
    }
    r = strcmp(name, "mean") == 0 ? r / n : r;
    return push(L, r, first_missing(L, n), operation(L, name, n));
}
static int l_min(lua_State *L)
{
    return fold(L, "min");
}
static int l_max(lua_State *L)
{
    return fold(L, "max");
}
static int l_sum(lua_State *L)
{
    return fold(L, "sum");
}
static int l_mean(lua_State *L)
{
    return fold(L, "mean");
}

static int l_present(lua_State *L)
{
    arguments(L, "present", 1, 32);
    const int n = lua_gettop(L);
    int present = 0;
    for (int i = 1; i <= n; i++) {
        present += value_at(L, i)->why == NULL;
    }
    return push(L, present, NULL, operation(L, "present", n));
}

static int l_first(lua_State *L)
{
    arguments(L, "first", 1, 32);
    const int n = lua_gettop(L);
    int at = 1;
    while (at < n && value_at(L, at)->why != NULL) {
        at++;
    }
    const node *x = value_at(L, at);
    return push(L, x->v, x->why, operation(L, "first", n));
}

static int l_round(lua_State *L)
{
    arguments(L, "round", 1, 2);
    if (lua_gettop(L) == 1) {
        lua_pushinteger(L, 0);
    }
    const char *why = first_missing(L, 2);
    const double digits = value_at(L, 2)->v;
    if (why == NULL && !(digits >= 0 && digits <= 9 && digits == floor(digits))) {
        return fail(L, OKO_E_FORMAT, "formula.call", "round");
    }
    const double scale = pow(10, digits);
    return push(L, round(value_at(L, 1)->v * scale) / scale, why, operation(L, "round", 2));
}

static int l_abs(lua_State *L)
{
    arguments(L, "abs", 1, 1);
    const node *x = value_at(L, 1);
    return push(L, fabs(x->v), x->why, operation(L, "abs", 1));
}

static int l_choose(lua_State *L)
{
    arguments(L, "choose", 3, 3);
    const node *condition = value_at(L, 1);
    const node *x = value_at(L, condition->v != 0 ? 2 : 3);
    return push(L, x->v, condition->why != NULL ? condition->why : x->why, operation(L, "choose", 3));
}

/* A name that is no function: a variable. */
static int l_variable(lua_State *L)
{
    computation *m = computation_of(L);
    const char *name = lua_tostring(L, 2);
    oko_value value = { .v = NAN };
    oko_status status = OKO_OK;
    if (m->fn == NULL) { /* a check: every variable is there, and missing */
        value.missing = true;
    } else {
        status = name != NULL ? m->fn(m->ctx, name, &value) : OKO_E_FORMAT;
    }
    if (status != OKO_OK) {
        return fail(L, status == OKO_E_NOT_FOUND ? OKO_E_FORMAT : status, "formula.unknown", "");
    }
    const char *why = NULL;
    if (value.missing) {
        why = "formula.missing";
        if (value.why[0] != '\0' && m->n_why < OKO_FORMULA_VARIABLES) {
            memcpy(m->why[m->n_why], value.why, sizeof value.why);
            why = m->why[m->n_why++];
        }
    }
    json_t *trace = json_pack("{s:s}", "variable", name);
    if (trace != NULL && value.source != NULL) {
        (void)json_object_set(trace, "source", value.source);
    }
    json_decref(value.source);
    return push(L, value.v, why, trace);
}

/* ---- the box ---- */

static void *allocate(void *ctx, void *old, size_t old_bytes, size_t bytes)
{
    computation *m = ctx;
    const size_t had = old != NULL ? old_bytes : 0;
    if (bytes == 0) {
        free(old);
        m->memory -= had;
        return NULL;
    }
    if (bytes > had && m->memory + (bytes - had) > MAX_MEMORY) {
        return NULL;
    }
    void *p = realloc(old, bytes);
    if (p != NULL) {
        m->memory += bytes - had;
    }
    m->out_of_memory |= p == NULL;
    return p;
}

static void too_long(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    (void)fail(L, OKO_E_LIMIT, "formula.heavy", "");
}

typedef struct feed {
    const char *text;
    size_t n, at;
    int part; /* 0: "return (", 1: the text, 2: ")" */
} feed;

static const char *next_byte(lua_State *L, void *ctx, size_t *ret_bytes)
{
    feed *f = ctx;
    (void)L;
    if (f->part == 0) {
        f->part = 1;
        *ret_bytes = 8;
        return "return (";
    }
    if (f->part == 1 && f->at < f->n) {
        *ret_bytes = 1;
        return f->text + f->at++;
    }
    const bool last = f->part == 1;
    f->part = 2;
    *ret_bytes = last ? 2 : 0;
    return last ? "\n)" : NULL;
}

static const luaL_Reg operators[] = { { "__add", l_add }, { "__sub", l_sub },    { "__mul", l_mul }, { "__div", l_div },
                                      { "__pow", l_pow }, { "__unm", l_negate }, { NULL, NULL } };
static const luaL_Reg library[] = { { "share", l_share },       { "min", l_min },       { "max", l_max },
                                    { "sum", l_sum },           { "mean", l_mean },     { "present", l_present },
                                    { "first", l_first },       { "round", l_round },   { "abs", l_abs },
                                    { "at_least", l_at_least }, { "above", l_above },   { "at_most", l_at_most },
                                    { "below", l_below },       { "choose", l_choose }, { NULL, NULL } };

/* Runs protected: argument 1 is the feed. Leaves the value on the stack. */
static int boxed(lua_State *L)
{
    feed *f = lua_touserdata(L, 1);
    (void)luaL_newmetatable(L, value_type);
    luaL_setfuncs(L, operators, 0);
    lua_newtable(L); /* the only environment there is */
    luaL_setfuncs(L, library, 0);
    lua_newtable(L);
    lua_pushcfunction(L, l_variable);
    lua_setfield(L, -2, "__index");
    (void)lua_setmetatable(L, -2);
    const int environment = lua_gettop(L);
    if (lua_load(L, next_byte, f, "formula", "t") != LUA_OK) {
        return lua_error(L);
    }
    if (f->part == 1) {
        f->part = 2;
    }
    lua_pushvalue(L, environment);
    (void)lua_setupvalue(L, -2, 1);
    f->part = 3; /* the text is good: later faults are of the run */
    lua_call(L, 0, 1);
    (void)value_at(L, lua_gettop(L));
    return 1;
}

/* Where the parser stopped: it has read the token that it names, and one byte more. */
static size_t stopped_at(const feed *f, const char *message)
{
    const char *near = message != NULL ? strstr(message, "near '") : NULL;
    const size_t read = f->part == 2 ? f->n : f->at > 0 ? f->at - 1 : 0;
    if (near == NULL || strcmp(near, "near ')'") == 0) {
        return read > 0 && near != NULL && f->part < 2 ? read - 1 : read;
    }
    const size_t token = strlen(near) - strlen("near ''");
    return read >= token ? read - token : 0;
}

static oko_status told(const computation *m, const char *text, const feed *f, int rc, const char *message,
                       oko_error *err)
{
    if (m->failed == OKO_E_FORMAT) { /* the first call of that function is named */
        const char *call = m->failed_in[0] != '\0' ? strstr(text, m->failed_in) : NULL;
        return fault_at(err, m->failed, m->failure, text, call != NULL ? (size_t)(call - text) : 0, m->failed_in);
    }
    if (m->failed != OKO_OK) {
        oko_status status = oko_error_set(err, m->failed, m->failure, "");
        oko_error_arg(err, "%s", m->failed_in);
        return status;
    }
    if (m->out_of_memory) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (rc == LUA_ERRMEM) {
        return oko_error_set(err, OKO_E_LIMIT, "formula.heavy", "");
    }
    return fault_at(err, OKO_E_FORMAT, "formula.syntax", text, f->part < 3 ? stopped_at(f, message) : 0, "");
}

static void clear(computation **m)
{
    for (int i = 0; *m != NULL && i < (*m)->n; i++) {
        json_decref((*m)->nodes[i].trace);
    }
    free(*m);
}

static oko_status run(const char *text, oko_variable_fn fn, void *ctx, oko_value *ret_value, json_t **ret_trace,
                      oko_error *err)
{
    OKO_CLEANUP(clear) computation *m = calloc(1, sizeof *m);
    lua_State *L = m != NULL ? lua_newstate(allocate, m) : NULL;
    if (L == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    m->fn = fn;
    m->ctx = ctx;
    *(computation **)lua_getextraspace(L) = m;
    lua_sethook(L, too_long, LUA_MASKCOUNT, MAX_STEPS);
    feed f = { .text = text, .n = strlen(text) };
    lua_pushcfunction(L, boxed);
    lua_pushlightuserdata(L, &f);
    const int rc = lua_pcall(L, 1, LUA_MULTRET, 0);
    oko_status status = rc == LUA_OK ? OKO_OK : told(m, text, &f, rc, lua_tostring(L, -1), err);
    if (status == OKO_OK && fn != NULL) {
        const int *index = lua_touserdata(L, -1);
        const node *x = &m->nodes[*index];
        *ret_value = (oko_value){ .v = x->v, .missing = x->why != NULL };
        (void)snprintf(ret_value->why, sizeof ret_value->why, "%s", x->why != NULL ? x->why : "");
        if (ret_trace != NULL) {
            *ret_trace = json_incref(x->trace);
        }
    }
    lua_close(L);
    return status;
}

oko_status oko_formula_check(const char *text, oko_variable_known_fn known, void *ctx, oko_formula_names *ret_names,
                             oko_error *err)
{
    oko_formula_names names = { 0 };
    oko_status status = scan(text, known, ctx, &names, err);
    status = status == OKO_OK ? run(text, NULL, NULL, NULL, NULL, err) : status;
    if (status == OKO_OK && ret_names != NULL) {
        *ret_names = names;
    }
    return status;
}

oko_status oko_formula_compute(const char *text, oko_variable_fn fn, void *ctx, oko_value *ret_value,
                               json_t **ret_trace, oko_error *err)
{
    oko_formula_names names = { 0 };
    oko_status status = scan(text, NULL, NULL, &names, err);
    return status == OKO_OK ? run(text, fn, ctx, ret_value, ret_trace, err) : status;
}
