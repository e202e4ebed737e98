/* Calendar of events as iCalendar (RFC 5545), and the secret address under which a person's calendar program reads it.
 */
#ifndef OKO_CYCLE_CALENDAR_H
#define OKO_CYCLE_CALENDAR_H

#include "cycle/cycle.h"

#include <time.h>

/*
 * Appends the events that concern the actor: of their unit, of units above and below it; planned, held, closed and
 * cancelled ones. Times without a zone are the clock of the place (floating); what never changes between two readings
 * has no new stamp. OKO_E_MEMORY, or the store's status.
 */
oko_status oko_calendar_write(const oko_cycle *c, oko_buffer *out, oko_error *err) OKO_WARN_UNUSED;
/* One content line: escaped value, folded at 75 bytes, never inside a character. */
void oko_calendar_line(oko_buffer *out, const char *name, const char *value, bool escape);

enum { OKO_FEED_DAYS = 400 };
/* A new secret for the actor's calendar, in place of an earlier one; in the caller's transaction. */
oko_status oko_feed_make(oko_store *store, const oko_actor *actor, time_t now, char ret_secret[OKO_SECRET_HEX],
                         char ret_expires[OKO_TIME_BYTES], oko_error *err) OKO_WARN_UNUSED;
/* Whose calendar it is: an active person, read-only. OKO_E_NOT_FOUND "calendar.unknown". */
oko_status oko_feed_actor(oko_store *store, const char *secret, time_t now, oko_actor *ret_actor,
                          oko_error *err) OKO_WARN_UNUSED;

#endif
