#include "contract/document.h"

/* The build puts these around the bytes (oko_embed_contract in cmake/house.cmake). */
extern const char oko_openapi_json[];
extern const char oko_openapi_json_end[];

oko_str contract_document(void)
{
    return (oko_str){ oko_openapi_json, (size_t)((uintptr_t)oko_openapi_json_end - (uintptr_t)oko_openapi_json) };
}
