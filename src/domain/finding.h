/*
 * Finding (сведения о школе помимо работ): what others found out about one school — a re-check of works (перепроверка),
 * an observer's protocol (акт наблюдения), a list of medallists with their exam results, a place in the reference
 * stratum (опорная группа). Kept whole and in versions.
 * A pupil is a code, an observer is nobody: no finding holds a name.
 */
#ifndef OKO_DOMAIN_FINDING_H
#define OKO_DOMAIN_FINDING_H

#include <oko/status.h>

#include "base/text_view.h"
#include "domain/procedure.h"

#include <stddef.h>
#include <stdint.h>

typedef enum oko_finding_kind {
    OKO_FINDING_RECHECK,     /* перепроверка работ одной процедуры */
    OKO_FINDING_OBSERVATION, /* акт наблюдения: one visit */
    OKO_FINDING_MEDALS,      /* медалисты одного года */
    OKO_FINDING_REFERENCE, /* опорная группа: observed or centrally marked; the only kind that may have no year */
    OKO_FINDING_KIND_COUNT
} oko_finding_kind;

const char *oko_finding_kind_name(oko_finding_kind kind); /* "recheck", "observation", "medals", "reference" */
bool oko_finding_kind_parse(oko_str s, oko_finding_kind *ret_kind);

enum {
    OKO_FINDING_UNKNOWN = -1, /* a number that the file does not say; all others are ≥ 0 */
    OKO_FINDING_FACTS = 8,
    OKO_FINDING_COLUMNS = 5,
    OKO_FINDING_MAX_ROWS = 20000,
    OKO_FINDING_PART_BYTES = 96,
    OKO_FINDING_NOTE_BYTES = 4000
};

/* Facts and columns of rows, by kind. */
enum { OKO_RECHECK_WORKS, OKO_RECHECK_CHECKED, OKO_RECHECK_CHANGED, OKO_RECHECK_UP, OKO_RECHECK_DOWN };
enum {
    OKO_RECHECK_CODE,
    OKO_RECHECK_MARK_BEFORE,
    OKO_RECHECK_MARK_AFTER,
    OKO_RECHECK_TOTAL_BEFORE,
    OKO_RECHECK_TOTAL_AFTER
};
enum {
    OKO_OBSERVATION_DATE, /* yyyymmdd */
    OKO_OBSERVATION_GRADE,
    OKO_OBSERVATION_STAGE, /* oko_stage */
    OKO_OBSERVATION_BEGIN, /* minutes after midnight */
    OKO_OBSERVATION_END,
    OKO_OBSERVATION_INDEPENDENT, /* 1 the observer is not of this school, 0 is */
    OKO_OBSERVATION_VIDEO,       /* 1 filmed, 0 not */
    OKO_OBSERVATION_REMARKS      /* numbered remarks; 0: «нарушений не выявлено» */
};
enum { OKO_MEDAL_CODE, OKO_MEDAL_DEGREE, OKO_MEDAL_RU, OKO_MEDAL_MA_PROFILE, OKO_MEDAL_MA_BASE };

enum { OKO_REFERENCE_BASIS /* oko_reference_basis */, OKO_REFERENCE_GRADE /* that it is about; unknown: all */ };

/* Why results of the school are taken as those of honest conditions (основание). */
typedef enum oko_reference_basis {
    OKO_BASIS_NONE,     /* withdrawn from the stratum */
    OKO_BASIS_OBSERVER, /* наблюдатель */
    OKO_BASIS_VIDEO,    /* видео */
    OKO_BASIS_CENTRAL,  /* централизованная проверка */
    OKO_BASIS_OTHER,
    OKO_BASIS_COUNT
} oko_reference_basis;
const char *oko_reference_basis_name(oko_reference_basis basis); /* "none", "observer", "video", "central", "other" */

/* Stage of a procedure that is observed (этап). */
typedef enum oko_stage {
    OKO_STAGE_PREPARE,  /* подготовка */
    OKO_STAGE_TRANSFER, /* передача материалов */
    OKO_STAGE_ROOM,     /* аудитория */
    OKO_STAGE_MARKING,  /* проверка */
    OKO_STAGE_UPLOAD,   /* загрузка результатов */
    OKO_STAGE_COUNT
} oko_stage;
const char *oko_stage_name(oko_stage stage); /* "prepare", … */

typedef struct oko_finding {
    oko_finding_kind kind;
    int64_t unit;
    int year;                       /* 1990…2100; 0: any (reference only) */
    char procedure[OKO_CODE_BYTES]; /* code or "" */
    char
        part[OKO_FINDING_PART_BYTES]; /* what tells two findings of this key apart: who re-checked; date, stage, class …
                                       */
    char note[OKO_FINDING_NOTE_BYTES]; /* observation: the remarks, one a line, names masked; else "" */
    int64_t facts[OKO_FINDING_FACTS];  /* by kind; the unused ones are 0 */
    size_t n_rows;
    const int64_t *rows; /* [n_rows × OKO_FINDING_COLUMNS]; not owned; NULL when there are none */
} oko_finding;

/* A finding of the reference stratum, as it is asked. */
typedef struct oko_reference {
    int year;                       /* 0: any */
    char procedure[OKO_CODE_BYTES]; /* "": any */
    int grade;                      /* −1: any */
    char class_label[16];           /* "": the whole school */
    oko_reference_basis basis;
} oko_reference;
void oko_reference_read(const oko_finding *f, oko_reference *ret);
/* Does it speak of this class (label "": works without one) in this procedure? A withdrawal speaks, too. */
bool oko_reference_speaks(const oko_reference *r, const oko_procedure *p, const char *class_label);
/* How particular it is: the procedure before the class before the grade before the year. */
int oko_reference_rank(const oko_reference *r);

/* Name of the first member that breaks a rule of the struct, NULL when all is well. */
const char *oko_finding_fault(const oko_finding *r);

#endif
