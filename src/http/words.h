/* An error as JSON {code, status, detail}, for jobs: no paths, no words of the engine. malloc, or NULL. */
#ifndef OKO_HTTP_WORDS_H
#define OKO_HTTP_WORDS_H

#include "reference/text.h"

char *oko_error_words(const oko_text *text, const oko_error *err);

#endif
