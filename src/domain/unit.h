/* Units of the register: country → region → municipality → school → class. */
#ifndef OKO_DOMAIN_UNIT_H
#define OKO_DOMAIN_UNIT_H

#include "base/text_view.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum oko_level {
    OKO_LEVEL_COUNTRY,
    OKO_LEVEL_REGION,       /* субъект */
    OKO_LEVEL_MUNICIPALITY, /* муниципалитет */
    OKO_LEVEL_SCHOOL,       /* ОО */
    OKO_LEVEL_CLASS,        /* класс */
    OKO_LEVEL_COUNT
} oko_level;

const char *oko_level_name(oko_level level); /* "region", … */
bool oko_level_parse(oko_str s, oko_level *ret_level);

/* Kind of alias: under which system a unit is known by this text. */
typedef enum oko_alias_kind {
    OKO_ALIAS_LOGIN, /* sch990001, edu203389, reg20_m012 */
    OKO_ALIAS_OGE,   /* Код ОГЭ */
    OKO_ALIAS_EGE,   /* Код ЕГЭ */
    OKO_ALIAS_NAME,  /* folded name (oko_str_fold) */
    OKO_ALIAS_OTHER,
    OKO_ALIAS_KIND_COUNT
} oko_alias_kind;

const char *oko_alias_kind_name(oko_alias_kind kind);
bool oko_alias_kind_parse(oko_str s, oko_alias_kind *ret_kind);

typedef struct oko_unit {
    int64_t id;     /* 0 before it is stored */
    int64_t parent; /* 0: none */
    oko_level level;
    char
        code[64]; /* unique in the level: login or region's own code; school: "sch990246"; class: "sch990246/2021/4А" */
    char name[400];     /* may equal code while unknown */
    char type[32];      /* school type: school, gymnasium, lyceum, correctional, evening, … or "" */
    char place[16];     /* "town", "village" or "" */
    char cluster[48];   /* context cluster, free text or "" */
    bool confirmed;     /* false: made on the fly from a result file («не подтверждена») */
    int16_t valid_from; /* academic year by its second half (2021 = 2020/21), 0 = always */
    int16_t valid_to;
    int64_t merged_into; /* the unit that took its place; 0: it stands. Only the store's merge sets it */
    int64_t made_by;     /* import that made it; 0: a person */
    bool withdrawn;      /* it went with an import that was undone. Only the store's undo sets it */
} oko_unit;

/*
 * Class label as people mean it: «5А», «5 "А"», «а», «4-а», «a» (Latin) → «А»; «нет», «НЕТ», "", "-" → "".
 * The leading number is cut when it equals grade (or grade+1: autumn waves), kept otherwise. NUL-terminated
 * upper-case UTF-8, at most 15 bytes (seven Cyrillic letters): a longer one is cut.
 */
void oko_class_label(oko_str raw, int grade, char ret_label[16]);

#endif
