/* The gate before passwords: how often, and how many at once. Counters are forgotten after a minute. */
#include "http/session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 60, PROBES = 8 };

typedef struct slot {
    uint64_t key; /* keyed hash of "a:ADDRESS" or "l:LOGIN" */
    time_t since;
    int n;
} slot;

struct oko_gate {
    pthread_mutex_t lock;
    pthread_cond_t free_place;
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* clients can't choose what collides */
    slot slots[OKO_GATE_SLOTS];
    int hashing, waiting;
};

oko_status oko_gate_new(oko_gate **ret_gate, oko_error *err)
{
    oko_gate *g = oko_calloc_array(1, sizeof *g);
    if (g == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->free_place, NULL);
    randombytes_buf(g->secret, sizeof g->secret);
    *ret_gate = g;
    return OKO_OK;
}

void oko_gate_free(oko_gate *gate)
{
    if (gate == NULL)
        return;
    pthread_cond_destroy(&gate->free_place);
    pthread_mutex_destroy(&gate->lock);
    free(gate);
}

static uint64_t key_of(const oko_gate *g, char kind, const char *text)
{
    unsigned char bytes[1 + 128], hash[crypto_shorthash_BYTES];
    size_t n = strlen(text) < 128 ? strlen(text) : 128;
    uint64_t key;
    bytes[0] = (unsigned char)kind;
    memcpy(bytes + 1, text, n);
    (void)crypto_shorthash(hash, bytes, 1 + n, g->secret);
    memcpy(&key, hash, sizeof key);
    return key != 0 ? key : 1;
}

/* The counter of a key; when the neighbourhood is full, the one that counted least gives way. */
static slot *slot_of(oko_gate *g, uint64_t key, time_t now)
{
    slot *least = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        slot *s = &g->slots[(key + i) % OKO_GATE_SLOTS];
        if (now - s->since >= WINDOW)
            *s = (slot){ .key = s->key == key ? key : 0, .since = now };
        if (s->key == key)
            return s;
    }
    for (size_t i = 0; i < PROBES; i++) {
        slot *s = &g->slots[(key + i) % OKO_GATE_SLOTS];
        if (least == NULL || s->n < least->n || s->key == 0)
            least = s;
        if (s->key == 0)
            break;
    }
    *least = (slot){ .key = key, .since = now };
    return least;
}

static int count(oko_gate *g, char kind, const char *text, int limit, time_t now)
{
    slot *s = slot_of(g, key_of(g, kind, text), now);
    s->n++;
    return s->n <= limit ? 0 : (int)(s->since + WINDOW - now);
}

oko_status oko_gate_try(oko_gate *gate, const char *address, const char *login, time_t now, oko_error *err)
{
    pthread_mutex_lock(&gate->lock);
    int by_address = count(gate, 'a', address, OKO_GATE_PER_ADDRESS, now);
    int by_login = count(gate, 'l', login, OKO_GATE_PER_LOGIN, now);
    pthread_mutex_unlock(&gate->lock);
    int wait = by_address > by_login ? by_address : by_login;
    if (wait <= 0)
        return OKO_OK;
    oko_status status = oko_error_set(err, OKO_E_LIMIT, "http.too_many", "");
    oko_error_arg(err, "%d", wait);
    return status;
}

oko_status oko_gate_enter(oko_gate *gate, oko_error *err)
{
    pthread_mutex_lock(&gate->lock);
    bool full = gate->hashing >= OKO_GATE_HASHING && gate->waiting >= OKO_GATE_WAITING;
    if (!full) {
        gate->waiting++;
        while (gate->hashing >= OKO_GATE_HASHING)
            pthread_cond_wait(&gate->free_place, &gate->lock);
        gate->waiting--;
        gate->hashing++;
    }
    pthread_mutex_unlock(&gate->lock);
    return full ? oko_error_set(err, OKO_E_BUSY, "http.queue", "") : OKO_OK;
}

void oko_gate_leave(oko_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->hashing--;
    pthread_cond_signal(&gate->free_place);
    pthread_mutex_unlock(&gate->lock);
}
