/* People who use oko, what they may do, and the log of what they did. Staff only: pupils never have names here. */
#ifndef OKO_DOMAIN_PERSON_H
#define OKO_DOMAIN_PERSON_H

#include "base/text_view.h"
#include "domain/record.h"

typedef enum oko_role {
    OKO_ROLE_OPERATOR,  /* специалист РЦОКО: everything of the region's cycle and data */
    OKO_ROLE_HEAD,      /* руководитель: reads all, approves */
    OKO_ROLE_MUNICIPAL, /* муниципальный координатор */
    OKO_ROLE_SCHOOL,    /* школа */
    OKO_ROLE_OBSERVER,  /* независимый наблюдатель: own protocols */
    OKO_ROLE_AUDITOR,   /* reads everything, changes nothing */
    OKO_ROLE_ADMIN,     /* users and settings, no data of schools */
    OKO_ROLE_COUNT
} oko_role;

const char *oko_role_name(oko_role role); /* "operator", … "" for another number */
bool oko_role_parse(oko_str s, oko_role *ret_role);

enum {
    OKO_LOGIN_BYTES = 64,
    OKO_PASSWORD_HASH_BYTES = 128, /* crypto_pwhash_STRBYTES */
    OKO_SECRET_HEX = 65            /* SHA-256 of a secret, hex */
};

typedef enum oko_user_state {
    OKO_USER_INVITED, /* has not chosen a password yet */
    OKO_USER_ACTIVE,
    OKO_USER_DISABLED,
    OKO_USER_STATE_COUNT
} oko_user_state;

typedef struct oko_user {
    int64_t id;
    char login[OKO_LOGIN_BYTES]; /* unique, lower case */
    char name[200];              /* how others see the person */
    char email[200];             /* or "" */
    oko_role role;
    int64_t unit; /* whose subtree the role is about; 0: the whole register */
    oko_user_state state;
    char password[OKO_PASSWORD_HASH_BYTES]; /* argon2id; "" none */
    bool must_change;                       /* a first password that others know */
    int failed;                             /* wrong passwords in a row */
    char locked_until[OKO_TIME_BYTES];      /* UTC or "" */
    char lang[3];                           /* "ru", "en" */
    int64_t version;
    char created[OKO_TIME_BYTES], updated[OKO_TIME_BYTES];
} oko_user;

typedef enum oko_secret_kind {
    OKO_SECRET_SESSION, /* cookie of a browser */
    OKO_SECRET_TOKEN,   /* API token */
    OKO_SECRET_INVITE,  /* link to choose a first password; also reset */
    OKO_SECRET_FEED,    /* address of a calendar feed */
    OKO_SECRET_KIND_COUNT
} oko_secret_kind;

/* What lets somebody in. The secret itself is never stored, only its hash. */
typedef struct oko_secret {
    int64_t id;
    oko_secret_kind kind;
    char hash[OKO_SECRET_HEX]; /* SHA-256 of the secret, hex */
    int64_t user;
    char csrf[OKO_SECRET_HEX];                                                   /* of a session; else "" */
    char title[128];                                                             /* of a token: what for */
    char scope[64];                                                              /* of a token: "read" or "write" */
    char created[OKO_TIME_BYTES], used[OKO_TIME_BYTES], expires[OKO_TIME_BYTES]; /* UTC; expires never "" */
    char address[64];                                                            /* of the client */
} oko_secret;

/* One line of the audit log. hash = SHA-256 over prev and the canonical form of the line. */
typedef struct oko_audit {
    int64_t id; /* 1, 2, 3 … without gaps */
    char at[OKO_TIME_BYTES];
    int64_t user; /* 0: the program or the command line */
    char login[OKO_LOGIN_BYTES];
    char role[16];
    char action[64]; /* KIND.ACTION of a record, "signs.look", "login.failed" … */
    char object[64]; /* "case/17", "unit/205" or "" */
    int64_t unit;    /* 0: none */
    char address[64];
    const char *detail; /* JSON object, at most 64 KiB */
    char prev[65], hash[65];
} oko_audit;

typedef enum oko_job_state {
    OKO_JOB_QUEUED,
    OKO_JOB_RUNNING,
    OKO_JOB_DONE,
    OKO_JOB_FAILED,
    OKO_JOB_CANCELLED,
    OKO_JOB_STATE_COUNT
} oko_job_state;
const char *oko_job_state_name(oko_job_state state);

enum { OKO_JOB_STAGE_BYTES = 64 };

/* Long work that goes on when the request that asked for it has been answered. */
typedef struct oko_job {
    int64_t id;
    char kind[32]; /* "import", "analyze", "evidence", "report", "backup", … */
    oko_job_state state;
    int64_t user, unit;
    char stage[OKO_JOB_STAGE_BYTES]; /* message key */
    uint64_t done, total;
    bool cancel;        /* somebody asked to stop it */
    int attempts;       /* times it was started: > 1 after a restart of the server */
    const char *params; /* JSON object */
    const char *result; /* JSON object or "" */
    const char *error;  /* JSON problem or "" */
    char created[OKO_TIME_BYTES], started[OKO_TIME_BYTES], finished[OKO_TIME_BYTES];
} oko_job;

#endif
