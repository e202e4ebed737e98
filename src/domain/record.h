/*
 * A record: one object of the yearly cycle — a roadmap row of a unit, an event, an indicator, a campaign, a form, a
 * case, a recommendation, a measure … What all of them share stands in plain fields (owner, state, deadline, who);
 * what is particular to a kind stands in a JSON object whose form is a schema of api/openapi.yaml.
 *
 * A record is never overwritten in silence: each change makes version + 1, every version is kept, and a writer names
 * the version that it read.
 */
#ifndef OKO_DOMAIN_RECORD_H
#define OKO_DOMAIN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    OKO_RECORD_KIND_BYTES = 32,
    OKO_RECORD_STATE_BYTES = 32,
    OKO_RECORD_KEY_BYTES = 160,
    OKO_RECORD_TITLE_BYTES = 1024,
    OKO_RECORD_MAX_BODY = 8 * 1024 * 1024, /* bytes of JSON; the largest is a kept report of effects */
    OKO_DATE_BYTES = 11,                   /* yyyy-mm-dd and NUL */
    OKO_TIME_BYTES = 32                    /* yyyy-mm-ddThh:mm:ssZ and NUL */
};

typedef struct oko_record {
    int64_t id;                       /* 0 before it is stored */
    char kind[OKO_RECORD_KIND_BYTES]; /* "event", "case", … */
    int64_t unit;                     /* whose it is; 0: of the whole register */
    int year;                         /* of the cycle; 0: of none */
    char state[OKO_RECORD_STATE_BYTES];
    char due[OKO_DATE_BYTES];       /* yyyy-mm-dd or "" */
    int64_t assignee;               /* user; 0: nobody in particular */
    char key[OKO_RECORD_KEY_BYTES]; /* unique in its kind, or "" */
    char title[OKO_RECORD_TITLE_BYTES];
    int64_t version;                                       /* 1, 2, 3 …; 0 before it is stored */
    char created[OKO_TIME_BYTES], updated[OKO_TIME_BYTES]; /* UTC */
    char at[OKO_TIME_BYTES];        /* of what is put: when it is done, UTC; "": now. Not kept by itself */
    int64_t created_by, updated_by; /* users; 0: the program itself */
    bool removed;                   /* taken back; stays readable in the history */
    const char *body;               /* JSON object; "{}" at least */
    size_t body_len;
} oko_record;

/* Something a record points to. */
typedef enum oko_link_target {
    OKO_LINK_RECORD,
    OKO_LINK_FILE,
    OKO_LINK_RUN,
    OKO_LINK_IMPORT,
    OKO_LINK_UNIT,
    OKO_LINK_URL,
    OKO_LINK_TARGET_COUNT
} oko_link_target;

typedef struct oko_record_link {
    int64_t id;
    int64_t record;    /* from */
    char relation[32]; /* "evidence", "answers", "repeats", "about" … */
    oko_link_target target;
    int64_t target_id; /* 0 for a URL */
    char note[512];    /* the URL, or words */
    char created[OKO_TIME_BYTES];
    int64_t created_by;
} oko_record_link;

/* A file that was attached; its bytes stand in the store once per content. */
typedef struct oko_file {
    int64_t id;
    char name[256];  /* base name as the user gave it */
    char type[128];  /* media type */
    char sha256[65]; /* lower-case hex */
    int64_t bytes;
    int64_t unit; /* whose; 0: of the whole register */
    char created[OKO_TIME_BYTES];
    int64_t created_by;
} oko_file;

#endif
