#include "report/labels.h"

#include <string.h>

const char *oko_label_word(const oko_text *text, oko_arena *arena, const char *prefix, const char *name)
{
    char *key = oko_arena_printf(arena, "%s%s", prefix, name);
    if (key == NULL)
        return name;
    for (char *c = key; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
    return oko_text_has(text, key) ? oko_text_get(text, key) : name;
}

const char *oko_label_procedure(const oko_text *text, oko_arena *arena, const oko_procedure *p)
{
    const char *title = oko_arena_str(arena, oko_str_of(p->title));
    if (title != NULL && title[0] != '\0' && strcmp(oko_text_lang(text), "ru") == 0)
        return title; /* titles are entered in Russian */
    const oko_text_arg args[] = { OKO_S("kind", oko_label_word(text, arena, "report.kind.", oko_kind_name(p->kind))),
                                  OKO_S("subject", oko_label_word(text, arena, "report.subject.", p->subject)),
                                  OKO_S("grade", oko_arena_printf(arena, "%d", p->grade)),
                                  OKO_S("year", oko_arena_printf(arena, "%d", p->year)) };
    const char *key = p->grade > 0 ? "report.procedure.title" : "report.procedure.title_no_grade";
    const char *made = oko_text_make(text, arena, key, args, sizeof args / sizeof args[0]);
    return made != NULL ? made : p->code;
}

/* "fioko-2019/ci" + ".title" → "rule.fioko-2019.ci.title" */
const char *oko_label_rule(const oko_text *text, oko_arena *arena, const char *rule, const char *what)
{
    const char *slash = strchr(rule, '/');
    if (slash == NULL)
        return NULL;
    const char *key = oko_arena_printf(arena, "rule.%.*s.%s.%s", (int)(slash - rule), rule, slash + 1, what);
    return key != NULL && oko_text_has(text, key) ? oko_text_get(text, key) : NULL;
}

const char *oko_label_rule_short(const oko_text *text, oko_arena *arena, const char *rule)
{
    const char *found = oko_label_rule(text, arena, rule, "short");
    return found != NULL ? found : rule;
}

const char *oko_label_rule_of(const oko_text *text, oko_arena *arena, const char *rule, oko_level level)
{
    const char *found = level == OKO_LEVEL_SCHOOL ? oko_label_rule(text, arena, rule, "school") : NULL;
    return found != NULL ? found : oko_label_rule_short(text, arena, rule);
}

const char *oko_label_source(const oko_text *text, oko_arena *arena, const char *rule)
{
    const char *slash = strchr(rule, '/');
    size_t n = slash != NULL ? (size_t)(slash - rule) : strlen(rule);
    const char *pack = oko_arena_str(arena, (oko_str){ rule, n });
    return pack != NULL ? oko_label_word(text, arena, "rule.source.", pack) : rule;
}

const char *oko_label_state(const oko_text *text, const oko_result *r)
{
    if (r->state == OKO_RESULT_OK)
        return oko_text_get(text, r->marked ? "report.state.marked" : "report.state.unmarked");
    if (r->why[0] != '\0' && oko_text_has(text, r->why))
        return oko_text_get(text, r->why);
    return oko_text_get(text, r->state == OKO_RESULT_NO_DATA ? "report.state.no_data" : "report.state.not_applicable");
}

const char *oko_label_reliability(const oko_text *text, int64_t n)
{
    return oko_text_get(text, n >= 50   ? "report.reliability.good"
                              : n >= 20 ? "report.reliability.rough"
                              : n >= 10 ? "report.reliability.limited"
                                        : "report.reliability.none");
}

oko_rule_decimals oko_rule_decimals_of(const char *rule)
{
    const char *slash = strchr(rule, '/');
    const char *name = slash != NULL ? slash + 1 : rule;
    if (strcmp(name, "threshold") == 0)
        return (oko_rule_decimals){ 0, 1, 1 };
    if (strcmp(name, "rise") == 0 || strcmp(name, "fall") == 0)
        return (oko_rule_decimals){ 2, 2, 1 };
    if (strncmp(rule, "region/", 7) == 0)
        return (oko_rule_decimals){ 1, 1, 1 };
    if (strcmp(rule, "other/relation") == 0)
        return (oko_rule_decimals){ 2, 2, 2 };
    if (strncmp(rule, "other/", 6) == 0)
        return (oko_rule_decimals){ 1, 1, 1 };
    if (strncmp(rule, "external/", 9) == 0)
        return (oko_rule_decimals){ 0, 0, 0 };
    return (oko_rule_decimals){ 2, 2, 2 };
}
