/*
 * What an office sets for itself: how it is called in letters, who signs them, whom to ask, from how many pupils on a
 * group is published. One record with all its versions, so the history tells who changed what.
 */
#ifndef OKO_CYCLE_SETTINGS_H
#define OKO_CYCLE_SETTINGS_H

#include "cycle/access.h"

/* The record that holds them. */
#define OKO_SETTINGS_KIND "settings"
#define OKO_SETTINGS_KEY "office"

enum { OKO_SETTINGS_MIN_LEAST = 10, OKO_SETTINGS_MIN_MOST = 100 };

typedef struct oko_settings {
    char organisation[400]; /* sender of letters, head of the sign-in page; "": the region's name */
    char signer[200];       /* "Директор И. О. Фамилия"; "": whoever approved the letter */
    char contact[400];      /* whom to ask, for those who can't sign in; may be "" */
    char lang[3];           /* of new people */
    int published_min;      /* smallest published group of pupils, never below OKO_SETTINGS_MIN_LEAST */
    int64_t record;         /* 0: nothing was set yet */
    int64_t version;        /* 0: nothing was set yet */
    char updated[OKO_TIME_BYTES];
    int64_t updated_by;
} oko_settings;

/* As they are now; what was never set has its usual value. */
oko_status oko_settings_get(oko_store *store, oko_settings *ret_settings, oko_error *err) OKO_WARN_UNUSED;
/* Every version, newest last. */
typedef oko_status (*oko_settings_fn)(void *ctx, const oko_settings *settings);
oko_status oko_settings_history(oko_store *store, oko_settings_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;
/* settings->version: the one that was read (OKO_E_CONFLICT "record.changed"). Notes the line "settings.put". */
oko_status oko_settings_put(oko_store *store, const oko_actor *actor, const oko_settings *settings,
                            oko_settings *ret_settings, oko_error *err) OKO_WARN_UNUSED;

#endif
