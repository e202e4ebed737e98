/* Names and the folder of the demonstration region; private to this folder. */
#ifndef OKO_DEMO_FILES_H
#define OKO_DEMO_FILES_H

#include <oko/status.h>

#define OKO_DEMO_REGION "99"  /* no real region has this code */
#define OKO_DEMO_PART ".part" /* ends the name of a file that is being written */

enum { OKO_DEMO_PATH_BYTES = 4096, OKO_DEMO_TESTS = 6 };

/* Procedures of the region, in the order of writing. */
extern const char *const oko_demo_codes[OKO_DEMO_TESTS];

/* "sch990001" */
void oko_demo_login(int school, char ret[48]);
/* «МО 01» */
void oko_demo_municipality(int municipality, char ret[48]);

/* Status for errno after a failed write of `path`: OKO_E_FULL, OKO_E_PERMISSION, OKO_E_NOT_FOUND, OKO_E_IO. */
oko_status oko_demo_errno(const char *path, oko_error *err);
/* Makes the folder, or finds in it nothing but files of an earlier demonstration (OKO_E_CONFLICT). */
oko_status oko_demo_folder(const char *dir, oko_error *err) OKO_WARN_UNUSED;

#endif
