/*
 * Build-time program: a YAML file becomes compact JSON. Usage: yaml2json IN OUT.
 * Values follow the core schema of YAML 1.2: plain true, false, null and numbers have their type, all else is text.
 * Refused: duplicate keys, keys that are not scalars, several documents.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { MAX_DEPTH = 64 };

typedef struct writer {
    yaml_document_t *document;
    FILE *out;
    const char *name;
} writer;

static bool fail(const writer *w, const yaml_node_t *node, const char *what)
{
    fprintf(stderr, "%s:%zu:%zu: %s\n", w->name, node->start_mark.line + 1, node->start_mark.column + 1, what);
    return false;
}

static void put_text(FILE *out, const unsigned char *text, size_t n)
{
    fputc('"', out);
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"' || text[i] == '\\')
            fprintf(out, "\\%c", text[i]);
        else if (text[i] < 0x20)
            fprintf(out, "\\u%04x", (unsigned)text[i]);
        else
            fputc(text[i], out);
    }
    fputc('"', out);
}

/* Digits, at most one point and one exponent, as JSON writes a number. */
static bool is_number(const char *s)
{
    s += *s == '-';
    if (*s < '0' || *s > '9' || (s[0] == '0' && s[1] >= '0' && s[1] <= '9'))
        return false;
    s += strspn(s, "0123456789");
    if (*s == '.') {
        size_t n = strspn(++s, "0123456789");
        if (n == 0)
            return false;
        s += n;
    }
    if (*s == 'e' || *s == 'E') {
        s++;
        s += *s == '+' || *s == '-';
        size_t n = strspn(s, "0123456789");
        if (n == 0)
            return false;
        s += n;
    }
    return *s == '\0';
}

static void put_scalar(FILE *out, const yaml_node_t *node)
{
    const char *s = (const char *)node->data.scalar.value;
    bool plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && (s[0] == '\0' || strcmp(s, "null") == 0 || strcmp(s, "~") == 0))
        fputs("null", out);
    else if (plain && (strcmp(s, "true") == 0 || strcmp(s, "false") == 0 || is_number(s)))
        fputs(s, out);
    else
        put_text(out, node->data.scalar.value, node->data.scalar.length);
}

static bool put_node(writer *w, const yaml_node_t *node, int depth);

static bool key_seen(writer *w, const yaml_node_t *map, const yaml_node_pair_t *upto, const yaml_node_t *key)
{
    for (const yaml_node_pair_t *p = map->data.mapping.pairs.start; p < upto; p++) {
        const yaml_node_t *other = yaml_document_get_node(w->document, p->key);
        if (other->data.scalar.length == key->data.scalar.length &&
            memcmp(other->data.scalar.value, key->data.scalar.value, key->data.scalar.length) == 0)
            return true;
    }
    return false;
}

static bool put_mapping(writer *w, const yaml_node_t *node, int depth)
{
    fputc('{', w->out);
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        const yaml_node_t *key = yaml_document_get_node(w->document, p->key);
        if (key->type != YAML_SCALAR_NODE)
            return fail(w, key, "a key must be text");
        if (key_seen(w, node, p, key))
            return fail(w, key, "the key stands here twice");
        if (p != node->data.mapping.pairs.start)
            fputc(',', w->out);
        put_text(w->out, key->data.scalar.value, key->data.scalar.length);
        fputc(':', w->out);
        if (!put_node(w, yaml_document_get_node(w->document, p->value), depth + 1))
            return false;
    }
    fputc('}', w->out);
    return true;
}

static bool put_sequence(writer *w, const yaml_node_t *node, int depth)
{
    fputc('[', w->out);
    for (const yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++) {
        if (i != node->data.sequence.items.start)
            fputc(',', w->out);
        if (!put_node(w, yaml_document_get_node(w->document, *i), depth + 1))
            return false;
    }
    fputc(']', w->out);
    return true;
}

static bool put_node(writer *w, const yaml_node_t *node, int depth)
{
    if (depth > MAX_DEPTH)
        return fail(w, node, "too deep");
    if (node->type == YAML_MAPPING_NODE)
        return put_mapping(w, node, depth);
    if (node->type == YAML_SEQUENCE_NODE)
        return put_sequence(w, node, depth);
    put_scalar(w->out, node);
    return true;
}

static bool convert(FILE *in, FILE *out, const char *name)
{
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        return false;
    yaml_parser_set_input_file(&parser, in);
    bool done = yaml_parser_load(&parser, &document) != 0;
    if (!done) {
        fprintf(stderr, "%s:%zu:%zu: %s\n", name, parser.problem_mark.line + 1, parser.problem_mark.column + 1,
                parser.problem != NULL ? parser.problem : "can't be read");
    } else {
        writer w = { .document = &document, .out = out, .name = name };
        const yaml_node_t *root = yaml_document_get_root_node(&document);
        done = root != NULL && put_node(&w, root, 0);
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return done;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: yaml2json IN OUT\n", stderr);
        return 2;
    }
    FILE *in = fopen(argv[1], "rb");
    FILE *out = in != NULL ? fopen(argv[2], "wb") : NULL;
    if (out == NULL) {
        fprintf(stderr, "%s: %s\n", in == NULL ? argv[1] : argv[2], strerror(errno));
        if (in != NULL)
            fclose(in);
        return 1;
    }
    bool done = convert(in, out, argv[1]);
    fclose(in);
    done = fclose(out) == 0 && done;
    if (!done)
        remove(argv[2]);
    return done ? 0 : 1;
}
