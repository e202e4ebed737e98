/* Numbers as a language writes them; private to this folder. */
#ifndef OKO_REFERENCE_TEXT_NUMBERS_H
#define OKO_REFERENCE_TEXT_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

enum { OKO_NUMBER_BYTES = 128 };

/* Marks of one language. */
typedef struct oko_number_style {
    const char *group;   /* between thousands */
    const char *decimal; /* before the fraction */
    bool russian_plural; /* one/few/many, else one/many */
} oko_number_style;

extern const oko_number_style oko_number_style_ru;
extern const oko_number_style oko_number_style_en;

typedef enum oko_plural { OKO_PLURAL_ONE, OKO_PLURAL_FEW, OKO_PLURAL_MANY, OKO_PLURAL_COUNT } oko_plural;

/* Form of a noun beside a number: 1 балл, 2 балла, 5 баллов, 1,5 балла; one point, 1.5 points. */
oko_plural oko_number_plural(const oko_number_style *style, double n);

/* 12 345 and −7; four digits stay together, as both languages write them (and years with them). */
void oko_number_int(const oko_number_style *style, int64_t value, char ret_text[OKO_NUMBER_BYTES]);
/* decimals 0…15; NaN gives «—», 1e15 and more the form 1,23e+15; never «−0,0». */
void oko_number_real(const oko_number_style *style, double value, int decimals, char ret_text[OKO_NUMBER_BYTES]);
/* p-value: two or three digits down to 0,0001, then «< 0,0001», and 10⁻¹² where log_p (natural) tells the tail. */
void oko_number_p(const oko_number_style *style, double p, double log_p, char ret_text[OKO_NUMBER_BYTES]);

#endif
