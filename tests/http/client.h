/* A small HTTP client of the tests' own, byte by byte: what a library would refuse to send can be sent. */
#ifndef OKO_TEST_HTTP_CLIENT_H
#define OKO_TEST_HTTP_CLIENT_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { CLIENT_BYTES = 1 << 20 };

typedef struct answer {
    int status;        /* 0: the connection ended without an answer */
    char *head, *body; /* of one allocation: free(head) */
    size_t body_len;
} answer;

static inline int client_connect(int port)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct timeval wait = { .tv_sec = 30, .tv_usec = 0 };
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static inline bool client_send(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* Value of a header in a head, copied; "" when absent. */
static inline const char *client_header(const answer *a, const char *name, char *value, size_t bytes)
{
    size_t n = strlen(name);
    value[0] = '\0';
    for (const char *p = a->head; p != NULL && (p = strstr(p, "\r\n")) != NULL;) {
        p += 2;
        if (strncasecmp(p, name, n) == 0 && p[n] == ':') {
            const char *v = p + n + 1 + strspn(p + n + 1, " ");
            (void)snprintf(value, bytes, "%.*s", (int)strcspn(v, "\r\n"), v);
            break;
        }
    }
    return value;
}

/* Reads one answer: by Content-Length, else to the end of the connection. */
static inline answer client_read(int fd)
{
    answer a = { .status = 0, .head = calloc(CLIENT_BYTES + 1, 1) };
    size_t n = 0, need = CLIENT_BYTES;
    char text[64];
    while (n < need && n < CLIENT_BYTES) {
        ssize_t got = recv(fd, a.head + n, CLIENT_BYTES - n, 0);
        if (got <= 0)
            break;
        n += (size_t)got;
        char *end = a.body == NULL ? strstr(a.head, "\r\n\r\n") : NULL;
        if (end != NULL) {
            a.body = end + 4;
            *end = '\0';
            a.status = atoi(a.head + 9);
            bool none = a.status == 204 || a.status == 304;
            if (none)
                need = 0;
            else if (client_header(&a, "Content-Length", text, sizeof text)[0] != '\0')
                need = (size_t)(a.body - a.head) + (size_t)atol(text);
        }
    }
    if (a.body != NULL)
        a.body_len = n - (size_t)(a.body - a.head);
    else
        a.body = a.head;
    return a;
}

static inline void client_free(answer *a)
{
    free(a->head);
    a->head = a->body = NULL;
}

/* One request on a connection of its own. headers: lines with \r\n. */
static inline answer client_call(int port, const char *method, const char *target, const char *headers,
                                 const char *body)
{
    size_t n = body != NULL ? strlen(body) : 0, cap = strlen(target) + strlen(headers) + n + 512;
    char *text = malloc(cap);
    int head = snprintf(text, cap, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s", method, target,
                        headers, body != NULL ? "Content-Type: application/json\r\n" : "");
    if (body != NULL || strcmp(method, "GET") != 0)
        head += snprintf(text + head, cap - (size_t)head, "Content-Length: %zu\r\n", n);
    head += snprintf(text + head, cap - (size_t)head, "\r\n");
    if (n > 0)
        memcpy(text + head, body, n);
    int fd = client_connect(port);
    answer a = { .status = 0 };
    if (fd >= 0 && client_send(fd, text, (size_t)head + n))
        a = client_read(fd);
    else
        a.head = a.body = calloc(1, 1);
    if (fd >= 0)
        close(fd);
    free(text);
    return a;
}

#endif
