/* What a reader may know without the store: the procedures (of the store, then the built-in ones) and subject names. */
#ifndef OKO_INTAKE_CATALOG_H
#define OKO_INTAKE_CATALOG_H

#include "base/memory.h"
#include "store/store.h"

enum { CATALOG_MAX_PROCEDURES = 20000, CATALOG_MAX_SUBJECTS = 200 };

typedef struct intake_subject {
    char code[16];
    char name[64]; /* folded */
} intake_subject;

/* Immutable once loaded; shared by reader threads. */
typedef struct intake_catalog {
    oko_procedure *procedures; /* id 0: built in, not in the store yet */
    size_t n, cap;
    intake_subject *subjects;
    size_t n_subjects, cap_subjects;
} intake_catalog;

/* store may be NULL (built-in ones only). */
oko_status intake_catalog_load(oko_store *store, intake_catalog **ret_catalog, oko_error *err) OKO_WARN_UNUSED;
void intake_catalog_freep(intake_catalog **catalog);

/* By code or alias, compared folded; NULL when there is none. */
const oko_procedure *intake_catalog_find(const intake_catalog *catalog, oko_str code);

/* What a title says of its procedure; 0 and "" where it says nothing. */
typedef struct intake_inside {
    int year, grade;
    char subject[16];
} intake_inside;
/* Adds to *inside what «ВПР 2026 Русский язык 4 класс» says. */
void intake_inside_read(const intake_catalog *catalog, oko_str text, intake_inside *inside);
bool intake_inside_complete(const intake_inside *inside);
/* Subject code of a name («Русский язык») or of a code («ru»); false when unknown. */
bool intake_subject_code(const intake_catalog *catalog, oko_str name, char ret_code[16]);

#endif
