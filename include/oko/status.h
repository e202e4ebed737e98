/*
 * Status codes and the error record that every public call of oko speaks.
 *
 * A call that can fail returns an oko_status. Its outputs are named ret_* and
 * are untouched unless the status is OKO_OK. A caller that wants to know more
 * passes an oko_error of its own; there is no global "last error".
 */
#ifndef OKO_STATUS_H
#define OKO_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OKO_WARN_UNUSED __attribute__((warn_unused_result))
#define OKO_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define OKO_WARN_UNUSED
#define OKO_PRINTF(fmt, args)
#endif

/* What became of a call. The numbers are stable: new codes go to the end. */
typedef enum oko_status {
    OKO_OK = 0,
    OKO_E_ARGUMENT,    /* a parameter is outside its documented range */
    OKO_E_MEMORY,      /* an allocation failed */
    OKO_E_NOT_FOUND,   /* the named thing does not exist */
    OKO_E_CONFLICT,    /* it exists already, or contradicts what exists */
    OKO_E_FORMAT,      /* foreign bytes are not what they should be */
    OKO_E_LIMIT,       /* a documented limit would be passed */
    OKO_E_IO,          /* the operating system refused a read or a write */
    OKO_E_PERMISSION,  /* no right to read or write it */
    OKO_E_FULL,        /* no space left on the device */
    OKO_E_STORE,       /* the database is damaged or not ours */
    OKO_E_BUSY,        /* another process holds the database */
    OKO_E_VERSION,     /* made by a newer version of the program */
    OKO_E_UNDECIDED,   /* the user has to choose, e.g. the procedure */
    OKO_E_NO_DATA,     /* a statistic can't be computed from this much data */
    OKO_E_NUMERIC,     /* an iteration did not converge */
    OKO_E_CANCELLED,   /* the caller asked to stop */
    OKO_E_UNSUPPORTED, /* known, but not done by this build */
    OKO_E_INTERNAL,    /* a defect of the program */
    OKO_STATUS_COUNT
} oko_status;

enum { OKO_ERROR_ARGS = 6, OKO_ERROR_ARG_BYTES = 160 };

/*
 * One error, owned by the caller; plain data, no cleanup needed. The text that
 * people read is made at the edge (command line, HTTP) from `id` and `arg` by
 * the message catalogue, so that it exists in every language.
 */
typedef struct oko_error {
    oko_status code;
    char id[48];    /* message key, e.g. "intake.truncated"; "" = use the text of `code` */
    char field[96]; /* what it is about: a parameter, a file, Sheet!C7; may be "" */
    int n_args;
    char arg[OKO_ERROR_ARGS][OKO_ERROR_ARG_BYTES]; /* {0}, {1}, … of the message; valid UTF-8 */
} oko_error;

/* Properties of one status: one table for exit codes, HTTP codes and names. */
typedef struct oko_status_info {
    oko_status code;
    const char *name; /* "format": stable, for machines */
    int exit_code;    /* of the command line, 0…125; 130 for "cancelled", as after Ctrl-C */
    int http_code;    /* of the HTTP API */
    const char *text; /* one English sentence */
} oko_status_info;

/* Row of the status table; never NULL (an unknown code gives OKO_E_INTERNAL's row). Thread-safe. */
const oko_status_info *oko_status_describe(oko_status code);

/* Sets *err to code, message key and field, without arguments. err may be NULL. Returns code. */
oko_status oko_error_set(oko_error *err, oko_status code, const char *id, const char *field);

/* Appends one printf-formatted argument ({0}, {1}, …) to *err; cut at a UTF-8 boundary when too
 * long, ignored when err is NULL or has OKO_ERROR_ARGS already. */
void oko_error_arg(oko_error *err, const char *fmt, ...) OKO_PRINTF(2, 3);

/* Forgets an error: code OKO_OK, empty strings. err may be NULL. */
void oko_error_clear(oko_error *err);

#ifdef __cplusplus
}
#endif
#endif
