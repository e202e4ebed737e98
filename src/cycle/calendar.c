#include "cycle/calendar.h"

#include "base/text_view.h"
#include "cycle/body.h"
#include "cycle/people.h"
#include "domain/date.h"

#include <stdio.h>
#include <string.h>

enum { PAGE = 1000, LINE = 75 };

/* ---- content lines ---- */

static void add_escaped(oko_buffer *out, const char *value)
{
    for (const char *p = value; *p != '\0'; p++) {
        if (*p == '\n') {
            oko_buffer_str(out, "\\n");
        } else if (strchr("\\;,", *p) != NULL) {
            oko_buffer_char(out, '\\');
            oko_buffer_char(out, *p);
        } else if ((unsigned char)*p >= 0x20 && *p != 0x7f) {
            oko_buffer_char(out, *p);
        }
    }
}

void oko_calendar_line(oko_buffer *out, const char *name, const char *value, bool escape)
{
    oko_buffer line;
    oko_buffer_init(&line, 1 << 20);
    oko_buffer_str(&line, name);
    oko_buffer_char(&line, ':');
    if (escape) {
        add_escaped(&line, value);
    } else {
        oko_buffer_str(&line, value);
    }
    size_t at = 0, room = LINE;
    while (line.len - at > room) {
        size_t n = room;
        while (n > 1 && ((unsigned char)line.ptr[at + n] & 0xC0U) == 0x80U) {
            n--;
        }
        oko_buffer_add(out, line.ptr + at, n);
        oko_buffer_str(out, "\r\n ");
        at += n;
        room = LINE - 1; /* the blank counts */
    }
    if (line.len > at) {
        oko_buffer_add(out, line.ptr + at, line.len - at);
    }
    oko_buffer_str(out, "\r\n");
    if (oko_buffer_status(&line) != OKO_OK && out->status == OKO_OK) {
        out->status = oko_buffer_status(&line);
    }
    oko_buffer_free(&line);
}

/* ---- events ---- */

/* "2026-03-05T10:00" as 20260305T100000; a day as 20260305 with the name NAME;VALUE=DATE. */
static void moment(oko_buffer *out, const char *name, const char *text)
{
    char value[32], full[48];
    const bool day = text[10] == '\0';
    (void)snprintf(full, sizeof full, "%s%s", name, day ? ";VALUE=DATE" : "");
    (void)snprintf(value, sizeof value, day ? "%.4s%.2s%.2s" : "%.4s%.2s%.2sT%.2s%.2s00", text, text + 5, text + 8,
                   day ? "" : text + 11, day ? "" : text + 14);
    oko_calendar_line(out, full, value, false);
}

/* The end of a whole-day event is the day after its last one. */
static void last_moment(oko_buffer *out, const char *text)
{
    char next[OKO_DATE_BYTES];
    if (text[10] == '\0' && oko_date_add(text, 1, next)) {
        moment(out, "DTEND", next);
    } else if (text[10] != '\0') {
        moment(out, "DTEND", text);
    }
}

/* "2026-03-01T10:00:00Z" as 20260301T100000Z. */
static void stamp(oko_buffer *out, const char *name, const char *t)
{
    char value[32];
    (void)snprintf(value, sizeof value, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", t, t + 5, t + 8, t + 11, t + 14, t + 17);
    oko_calendar_line(out, name, value, false);
}

static void write_event(oko_buffer *out, const oko_entry *e)
{
    char text[64];
    const char *from = oko_body_str(e->body, "from"), *until = oko_body_str(e->body, "until");
    const bool cancelled = strcmp(e->head.state, "cancelled") == 0;
    oko_calendar_line(out, "BEGIN", "VEVENT", false);
    (void)snprintf(text, sizeof text, "event-%lld@oko", (long long)e->head.id);
    oko_calendar_line(out, "UID", text, false);
    stamp(out, "DTSTAMP", e->head.updated);
    (void)snprintf(text, sizeof text, "%lld", (long long)e->head.version);
    oko_calendar_line(out, "SEQUENCE", text, false);
    moment(out, "DTSTART", from);
    if (strlen(until) == strlen(from)) {
        last_moment(out, until);
    }
    oko_calendar_line(out, "SUMMARY", e->head.title, true);
    if (*oko_body_str(e->body, "description") != '\0') {
        oko_calendar_line(out, "DESCRIPTION", oko_body_str(e->body, "description"), true);
    }
    if (*oko_body_str(e->body, "place") != '\0') {
        oko_calendar_line(out, "LOCATION", oko_body_str(e->body, "place"), true);
    }
    oko_calendar_line(out, "STATUS", cancelled ? "CANCELLED" : "CONFIRMED", false);
    oko_calendar_line(out, "END", "VEVENT", false);
}

static oko_status take(void *ctx, const oko_entry *e)
{
    const size_t n = strlen(oko_body_str(e->body, "from"));
    if (n == 10 || n == 16) {
        write_event(ctx, e);
    }
    return OKO_OK;
}

oko_status oko_calendar_write(const oko_cycle *c, oko_buffer *out, oko_error *err)
{
    oko_record_query q = { .kind = "event", .states = "planned,held,closed,cancelled", .limit = PAGE };
    int64_t total = 0;
    oko_status status;
    oko_calendar_line(out, "BEGIN", "VCALENDAR", false);
    oko_calendar_line(out, "VERSION", "2.0", false);
    oko_calendar_line(out, "PRODID", "-//oko//events//RU", false);
    oko_calendar_line(out, "CALSCALE", "GREGORIAN", false);
    do {
        status = oko_cycle_list(c, &q, take, out, &total, err);
        q.offset += PAGE;
    } while (status == OKO_OK && q.offset < total);
    oko_calendar_line(out, "END", "VCALENDAR", false);
    if (status == OKO_OK && oko_buffer_status(out) != OKO_OK) {
        return oko_error_set(err, oko_buffer_status(out), "", "");
    }
    return status;
}

/* ---- the secret address ---- */

oko_status oko_feed_make(oko_store *store, const oko_actor *actor, time_t now, char ret_secret[OKO_SECRET_HEX],
                         char ret_expires[OKO_TIME_BYTES], oko_error *err)
{
    oko_secret feed = { .kind = OKO_SECRET_FEED, .user = actor->user };
    if (actor->user == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "calendar.person", "");
    }
    oko_status status = oko_store_secret_remove_all(store, actor->user, OKO_SECRET_FEED, 0, err);
    oko_secret_make(ret_secret, feed.hash);
    oko_time_text(now, feed.created);
    oko_time_text(now, feed.used);
    oko_time_text(now + (time_t)OKO_FEED_DAYS * 24 * 3600, feed.expires);
    (void)snprintf(feed.address, sizeof feed.address, "%s", actor->address);
    memcpy(ret_expires, feed.expires, sizeof feed.expires);
    status = status == OKO_OK ? oko_store_secret_add(store, &feed, &feed.id, err) : status;
    return status == OKO_OK ? oko_audit_note(store, actor, "calendar.create", NULL, 0, NULL, err) : status;
}

oko_status oko_feed_actor(oko_store *store, const char *secret, time_t now, oko_actor *ret_actor, oko_error *err)
{
    char hash[OKO_SECRET_HEX], text[OKO_TIME_BYTES];
    oko_secret feed;
    oko_user user;
    oko_secret_hash(secret, hash);
    oko_time_text(now, text);
    oko_status status = oko_store_secret_find(store, OKO_SECRET_FEED, hash, text, &feed, err);
    status = status == OKO_OK ? oko_store_user_get(store, feed.user, &user, err) : status;
    if (status == OKO_E_NOT_FOUND || (status == OKO_OK && user.state != OKO_USER_ACTIVE)) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "calendar.unknown", "");
    }
    if (status == OKO_OK) {
        *ret_actor = oko_actor_of_user(&user);
        ret_actor->read_only = true;
    }
    return status;
}
