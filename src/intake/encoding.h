/*
 * Encoding of a delimited text: found over the whole file, then undone chunk by chunk.
 *
 * A byte order mark decides; else a text that is valid UTF-8 to its last byte is UTF-8; else the text is taken as one
 * of the Russian single-byte encodings, told apart by how often its letters occur in Russian, with uchardet's opinion
 * as a further vote (on a header of two words uchardet alone takes Windows-1251 for Greek or Bulgarian).
 */
#ifndef OKO_INTAKE_ENCODING_H
#define OKO_INTAKE_ENCODING_H

#include "intake/container_source.h"

#include <stdbool.h>

typedef enum oko_encoding {
    OKO_ENCODING_UTF8,
    OKO_ENCODING_UTF16LE,
    OKO_ENCODING_UTF16BE,
    OKO_ENCODING_CP1251,
    OKO_ENCODING_KOI8R,
    OKO_ENCODING_CP866
} oko_encoding;

enum {
    OKO_ENCODING_SAMPLE = 32 << 10, /* bytes of words that the statistics see */
    OKO_ENCODING_HIGH = 128         /* bytes 0x80…0xff */
};

/*
 * Reads the source to its end and finds the encoding and the length of the byte order mark. Errors (OKO_E_FORMAT):
 * intake.nul_byte, intake.encoding ({0} line: UTF-8 that is broken there, or bytes that no known encoding has);
 * OKO_E_MEMORY, OKO_E_IO, OKO_E_UNSUPPORTED (iconv lacks a Russian encoding). Leaves source->at anywhere.
 */
oko_status oko_encoding_detect(oko_source *source, oko_encoding *ret_encoding, size_t *ret_bom,
                               oko_error *err) OKO_WARN_UNUSED;

/* Code points of bytes 0x80…0xff of a single-byte encoding, by iconv; 0 = none. False when iconv does not know it. */
bool oko_encoding_table(oko_encoding encoding, uint32_t ret_table[OKO_ENCODING_HIGH]);

/* The likeliest Russian single-byte encoding of a sample. False when iconv lacks one of them.
 */
bool oko_encoding_guess(const unsigned char *sample, size_t n, oko_encoding *ret_encoding);

/* Turns chunks into UTF-8. */
typedef struct oko_decoder {
    oko_encoding encoding;
    struct {
        unsigned char len; /* 0: no such character */
        char bytes[3];
    } high[OKO_ENCODING_HIGH]; /* single-byte encodings */
    unsigned char carry[4];    /* UTF-16: bytes of a character cut by the end of the chunk */
    size_t n_carry;
    size_t bad; /* after a failure: which byte of the chunk */
} oko_decoder;

/* False when iconv does not know the encoding. */
bool oko_decoder_init(oko_decoder *d, oko_encoding encoding);

/* Decodes n bytes; `to` has room for 3 × (n + 4) bytes. `last`: nothing follows. Returns the bytes written, or
 * SIZE_MAX for a byte or surrogate that is no character, a NUL, or half a character at the end. Not for UTF-8. */
size_t oko_decoder_run(oko_decoder *d, const unsigned char *from, size_t n, bool last, char *to);

#endif
