/* Names of levels and kinds of aliases. */
#include "domain/unit.h"

typedef struct name_row {
    const char *name;
    const char *russian[2]; /* folded; NULL when there is none */
} name_row;

static const name_row levels[OKO_LEVEL_COUNT] = {
    [OKO_LEVEL_COUNTRY] = { "country", { "страна", NULL } },
    [OKO_LEVEL_REGION] = { "region", { "регион", "субъект" } },
    [OKO_LEVEL_MUNICIPALITY] = { "municipality", { "муниципалитет", "мо" } },
    [OKO_LEVEL_SCHOOL] = { "school", { "школа", "оо" } },
    [OKO_LEVEL_CLASS] = { "class", { "класс", NULL } },
};

static const name_row alias_kinds[OKO_ALIAS_KIND_COUNT] = {
    [OKO_ALIAS_LOGIN] = { "login", { "логин", NULL } },  [OKO_ALIAS_OGE] = { "oge", { "код огэ", "огэ" } },
    [OKO_ALIAS_EGE] = { "ege", { "код егэ", "егэ" } },   [OKO_ALIAS_NAME] = { "name", { "название", NULL } },
    [OKO_ALIAS_OTHER] = { "other", { "другое", NULL } },
};

/* Row whose name, in either language and any case, is s; −1 when none is. */
static int find_name(const name_row *rows, int n, oko_str s)
{
    char key[64];
    oko_str folded = { key, oko_str_fold(key, sizeof key, s) };
    for (int i = 0; i < n; i++) {
        if (oko_str_equal(folded, oko_str_of(rows[i].name))) {
            return i;
        }
        for (int j = 0; j < 2; j++) {
            if (rows[i].russian[j] != NULL && oko_str_equal(folded, oko_str_of(rows[i].russian[j]))) {
                return i;
            }
        }
    }
    return -1;
}

const char *oko_level_name(oko_level level)
{
    return (size_t)level < OKO_LEVEL_COUNT ? levels[level].name : "unknown";
}

bool oko_level_parse(oko_str s, oko_level *ret_level)
{
    int row = find_name(levels, OKO_LEVEL_COUNT, s);
    if (row >= 0) {
        *ret_level = (oko_level)row;
    }
    return row >= 0;
}

const char *oko_alias_kind_name(oko_alias_kind kind)
{
    return (size_t)kind < OKO_ALIAS_KIND_COUNT ? alias_kinds[kind].name : "unknown";
}

bool oko_alias_kind_parse(oko_str s, oko_alias_kind *ret_kind)
{
    int row = find_name(alias_kinds, OKO_ALIAS_KIND_COUNT, s);
    if (row >= 0) {
        *ret_kind = (oko_alias_kind)row;
    }
    return row >= 0;
}
