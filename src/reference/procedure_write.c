#include "reference/procedures.h"

#include "base/memory.h"

#include <stdio.h>

/* Puts a new reference under a key; 0, or −1 when memory is out (jansson drops the value then). */
static int put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value);
}

static json_t *numbers(const int16_t *values, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n && list != NULL; i++) {
        if (json_array_append_new(list, json_integer(values[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static const char *level_name(char level)
{
    return level == 'B' ? "Б" : level == 'P' ? "П" : level == 'V' ? "В" : NULL;
}

static json_t *item_json(const oko_item *item)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = json_object();
    const char *level = level_name(item->level);
    if (put(json, "label", json_string(item->label)) != 0 || put(json, "max", json_integer(item->max)) != 0 ||
        (level != NULL && put(json, "level", json_string(level)) != 0)) {
        return NULL;
    }
    return json_incref(json);
}

static json_t *items_json(const oko_procedure *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_items && list != NULL; i++) {
        if (json_array_append_new(list, item_json(&p->items[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *cutoffs_json(const oko_procedure *p)
{
    json_t *object = json_object();
    for (int i = 0; i < p->n_cutoffs && object != NULL; i++) {
        char mark[16];
        (void)snprintf(mark, sizeof mark, "%d", p->first_mark + 1 + i);
        if (put(object, mark, json_integer(p->cutoffs[i])) != 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *aliases_json(const oko_procedure *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_aliases && list != NULL; i++) {
        if (json_array_append_new(list, json_string(p->aliases[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static int put_head(json_t *json, const oko_procedure *p)
{
    int bad = put(json, "code", json_string(p->code)) | put(json, "kind", json_string(oko_kind_name(p->kind))) |
              put(json, "title", json_string(p->title));
    if (p->date[0] != '\0') {
        bad |= put(json, "date", json_string(p->date));
    }
    return bad | put(json, "max", json_integer(p->max_total));
}

json_t *oko_procedure_to_json(const oko_procedure *p)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = json_object();
    int bad = put_head(json, p);
    if (p->n_items > 0) {
        bad |= put(json, "items", items_json(p));
    }
    if (p->n_cutoffs > 0) {
        bad |= put(json, "cutoffs", cutoffs_json(p));
    } else if (p->first_mark != 2) {
        bad |= put(json, "first_mark", json_integer(p->first_mark));
    }
    if (p->n_gaps > 0) {
        bad |= put(json, "gaps", numbers(p->gaps, p->n_gaps));
    }
    if (p->n_aliases > 0) {
        bad |= put(json, "aliases", aliases_json(p));
    }
    if (p->source[0] != '\0') {
        bad |= put(json, "source", json_string(p->source));
    }
    return bad == 0 ? json_incref(json) : NULL;
}
