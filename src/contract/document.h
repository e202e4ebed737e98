/* api/openapi.yaml as JSON inside the program; private to this folder. */
#ifndef OKO_CONTRACT_DOCUMENT_H
#define OKO_CONTRACT_DOCUMENT_H

#include "base/text_view.h"

oko_str contract_document(void);

#endif
