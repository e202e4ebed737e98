/*
 * Bodies that may be large: streamed to a temporary file, raw or as the part "file" of multipart/form-data. Memory does
 * not grow with the size.
 */
#ifndef OKO_HTTP_UPLOAD_H
#define OKO_HTTP_UPLOAD_H

#include "http/request.h"

typedef struct oko_upload_writer oko_upload_writer;

/* content_type may be NULL (raw). name: from the query, or NULL. folder is made when it is not there.
 * OKO_E_FORMAT "http.multipart" (no boundary), OKO_E_IO. */
oko_status oko_upload_begin(const char *folder, const char *content_type, const char *name, int64_t max_bytes,
                            oko_upload_writer **ret_writer, oko_error *err) OKO_WARN_UNUSED;
/* OKO_E_LIMIT "http.body_limit", OKO_E_FULL, OKO_E_IO, OKO_E_FORMAT "http.multipart". */
oko_status oko_upload_write(oko_upload_writer *w, const void *bytes, size_t n, oko_error *err) OKO_WARN_UNUSED;
/* Ends and frees the writer. OKO_E_FORMAT "http.no_file" when no file came. */
oko_status oko_upload_end(oko_upload_writer *w, oko_upload *ret_upload, oko_error *err) OKO_WARN_UNUSED;
void oko_upload_drop(oko_upload_writer *w); /* gives up: nothing stays; NULL is fine */
void oko_upload_remove(oko_upload *upload); /* the file and its folder */
void oko_upload_remove_path(const char *path);
/* Removes what a crash left behind and no job needs: older than `seconds`. */
void oko_upload_sweep(const char *folder, int seconds);

/* Base name without control bytes, separators and leading dots; "file" when nothing is left. */
void oko_upload_name(const char *raw, char ret_name[256]);

#endif
