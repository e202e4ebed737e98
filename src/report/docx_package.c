/* libzip on memory. */
#include "report/docx_package.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { OLD_TIME = 315532800 /* 1980-01-01: the first that a zip can say */ };

static oko_status broken(oko_error *err)
{
    return oko_error_set(err, OKO_E_INTERNAL, "", "docx");
}

/* The bytes that an archive left in its source. */
static oko_status take_bytes(zip_source_t *source, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    zip_stat_t st;
    if (zip_source_stat(source, &st) != 0 || zip_source_open(source) != 0) {
        return broken(err);
    }
    oko_status status = OKO_OK;
    char *bytes = st.size <= 4 * (zip_uint64_t)OKO_DOCX_MAX_BYTES ? malloc((size_t)st.size + 1) : NULL;
    if (bytes == NULL) {
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    } else if (zip_source_read(source, bytes, st.size) != (zip_int64_t)st.size) {
        status = broken(err);
    }
    (void)zip_source_close(source);
    if (status != OKO_OK) {
        free(bytes);
        return status;
    }
    bytes[st.size] = '\0';
    *ret_bytes = bytes;
    *ret_len = (size_t)st.size;
    return OKO_OK;
}

/* Adds (or replaces) a part; the bytes are copied. */
static oko_status put_part(zip_t *zip, const char *name, oko_str bytes, oko_error *err)
{
    char *copy = bytes.len > 0 ? malloc(bytes.len) : NULL; /* libzip does not take over an empty buffer */
    if (copy == NULL && bytes.len > 0) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (copy != NULL) {
        memcpy(copy, bytes.ptr, bytes.len);
    }
    zip_source_t *part = zip_source_buffer(zip, copy, bytes.len, 1);
    if (part == NULL) {
        free(copy);
        return broken(err);
    }
    const zip_int64_t at = zip_file_add(zip, name, part, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(part);
        return broken(err);
    }
    return zip_file_set_mtime(zip, (zip_uint64_t)at, OLD_TIME, 0) == 0 ? OKO_OK : broken(err);
}

/* Closes the archive into its source, which is kept, and takes the bytes. */
static oko_status close_zip(zip_t *zip, zip_source_t *source, oko_status status, char **ret_bytes, size_t *ret_len,
                            oko_error *err)
{
    if (status != OKO_OK) {
        zip_discard(zip);
    } else if (zip_close(zip) != 0) {
        zip_discard(zip);
        status = broken(err);
    }
    status = status == OKO_OK ? take_bytes(source, ret_bytes, ret_len, err) : status;
    zip_source_free(source);
    return status;
}

oko_status oko_docx_pack(const oko_docx_part *parts, size_t n, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &fault);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &fault) : NULL;
    zip_error_fini(&fault);
    if (zip == NULL) {
        zip_source_free(source);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    zip_source_keep(source);
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        status = put_part(zip, parts[i].name, parts[i].bytes, err);
    }
    return close_zip(zip, source, status, ret_bytes, ret_len, err);
}

/* ---- templates ---- */

static oko_status bad_template(oko_error *err)
{
    return oko_error_set(err, OKO_E_FORMAT, "docx.template", "");
}

static oko_status read_part(zip_t *zip, zip_uint64_t i, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    zip_stat_t st;
    if (zip_stat_index(zip, i, 0, &st) != 0 || (st.valid & ZIP_STAT_SIZE) == 0) {
        return bad_template(err);
    }
    if (st.size > OKO_DOCX_MAX_BYTES) {
        return oko_error_set(err, OKO_E_LIMIT, "docx.template", "");
    }
    zip_file_t *file = zip_fopen_index(zip, i, 0);
    char *bytes = file != NULL ? malloc((size_t)st.size + 1) : NULL;
    const bool whole = bytes != NULL && zip_fread(file, bytes, st.size) == (zip_int64_t)st.size;
    if (file != NULL) {
        (void)zip_fclose(file);
    }
    if (!whole) {
        free(bytes);
        return bad_template(err);
    }
    *ret_bytes = bytes;
    *ret_len = (size_t)st.size;
    return OKO_OK;
}

static oko_status change_part(zip_t *zip, zip_uint64_t i, oko_docx_change_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    OKO_CLEANUP(oko_freep) char *bytes = NULL;
    char name[256];
    size_t len = 0;
    const char *given = zip_get_name(zip, i, 0);
    if (given == NULL || !oko_str_copy(name, sizeof name, oko_str_of(given))) {
        return bad_template(err);
    }
    if (!oko_str_ends(oko_str_of(name), OKO_STR(".xml"))) {
        return OKO_OK; /* pictures and fonts stay as they are */
    }
    oko_buffer_init(&out, OKO_DOCX_MAX_BYTES);
    oko_status status = read_part(zip, i, &bytes, &len, err);
    if (status != OKO_OK || !fn(ctx, name, (oko_str){ bytes, len }, &out)) {
        return status;
    }
    status = oko_buffer_status(&out);
    return status == OKO_OK ? put_part(zip, name, (oko_str){ out.ptr, out.len }, err)
                            : oko_error_set(err, status, "", "");
}

oko_status oko_docx_repack(oko_str package, oko_docx_change_fn fn, void *ctx, char **ret_bytes, size_t *ret_len,
                           oko_error *err)
{
    if (package.len > OKO_DOCX_MAX_BYTES) {
        return oko_error_set(err, OKO_E_LIMIT, "docx.template", "");
    }
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(package.ptr, package.len, 0, &fault);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_CHECKCONS, &fault) : NULL;
    zip_error_fini(&fault);
    if (zip == NULL) {
        zip_source_free(source);
        return bad_template(err);
    }
    zip_source_keep(source);
    const zip_int64_t n = zip_get_num_entries(zip, 0);
    oko_status status = n > 0 && n <= OKO_DOCX_MAX_PARTS && zip_name_locate(zip, "word/document.xml", 0) >= 0
                            ? OKO_OK
                            : bad_template(err);
    for (zip_int64_t i = 0; status == OKO_OK && i < n; i++) {
        status = change_part(zip, (zip_uint64_t)i, fn, ctx, err);
    }
    return close_zip(zip, source, status, ret_bytes, ret_len, err);
}
