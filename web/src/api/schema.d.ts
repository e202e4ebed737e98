// Made from api/openapi.yaml by "npm run types". Do not edit.
export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This contract as JSON */
        get: operations["contract.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the server alive, and can it read its database */
        get: operations["health.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus; from this machine, or for an administrator */
        get: operations["metrics.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session, with the token against cross-site requests */
        get: operations["session.get"];
        put?: never;
        /** Sign in */
        post: operations["session.create"];
        /** Sign out */
        delete: operations["session.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The person who has signed in */
        get: operations["me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the own name, address or language */
        patch: operations["me.change"];
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose another password; other sessions end */
        put: operations["me.password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own tokens for programs */
        get: operations["tokens.list"];
        put?: never;
        /** A new token; its secret is shown this once */
        post: operations["tokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a token back */
        delete: operations["tokens.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a password with the one-time secret of an invitation */
        post: operations["invitations.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom an invitation is for */
        post: operations["invitations.look"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a sign-in page must know before anybody signs in */
        get: operations["setup.get"];
        put?: never;
        /** The first run: region, administrator and specialist, once */
        post: operations["setup.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of the office */
        get: operations["settings.get"];
        /** Change the settings of the office; every version stays */
        put: operations["settings.put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of the settings */
        get: operations["settings.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/demo/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A demonstration as it was made; everybody is signed out */
        post: operations["demo.reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People in sight */
        get: operations["users.list"];
        put?: never;
        /** A new person, with an invitation to choose a password */
        post: operations["users.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        /** One person */
        get: operations["users.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, address, role, unit or state (disabled ends all sessions and tokens) */
        patch: operations["users.change"];
        trace?: never;
    };
    "/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new one-time secret to choose a password (also when it was forgotten) */
        post: operations["users.invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Many people from a table (CSV or XLSX: login, name, role, code of the unit, e-mail), each invited */
        post: operations["users.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New one-time secrets for several people */
        post: operations["users.inviteAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget wrong passwords: the person may sign in again */
        delete: operations["users.unlock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units in sight */
        get: operations["units.list"];
        put?: never;
        /** A new unit */
        post: operations["units.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/unmatched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schools and municipalities that imports made and nobody confirmed, with those they may be the same as */
        get: operations["units.unmatched"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Units that imports made are what they say they are */
        post: operations["units.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The register down to the schools as a tree */
        get: operations["units.tree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One unit */
        get: operations["units.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Correct or confirm a unit */
        patch: operations["units.change"];
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files that were read, newest first */
        get: operations["imports.list"];
        put?: never;
        /**
         * Upload a file with results or a register; a job reads it
         * @description Raw body with the name in the query, or the part "file" of multipart/form-data.
         */
        post: operations["imports.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import */
        get: operations["imports.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every repaired or rejected place of the file */
        get: operations["imports.problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/problems/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All problems of the file as a table */
        get: operations["imports.problems_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows with problems as they stood in the file, each with all its problems
         * @description Only columns that the table is read by: names and documents are never kept. Where the rows are not kept (any more), cells are empty and "kept" is false.
         */
        get: operations["imports.rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same file once more, with cells put right; a job does it
         * @description The new import names this one (corrects) and keeps each cell with what had stood there.
         */
        post: operations["imports.correct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an import back; dry_run tells what would change
         * @description Everything at one new revision; nothing is deleted. Refused while a later import of the same data stands.
         */
        post: operations["imports.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compute signs anew; a job does it */
        post: operations["analyses.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own reports, newest first; the file of each is at its job */
        get: operations["reports.list"];
        put?: never;
        /** Make a report; a job does it, its result names the file, which is kept */
        post: operations["reports.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own jobs, newest first; operators, auditors and administrators see all */
        get: operations["jobs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job */
        get: operations["jobs.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a job to stop */
        post: operations["jobs.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Progress as server-sent events until the job ends
         * @description Each event is named "job" and its data are a Job.
         */
        get: operations["jobs.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of the analysis, newest first */
        get: operations["runs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between two runs */
        get: operations["runs.compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run with all its parameters */
        get: operations["runs.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Evidence by unit or class and procedure */
        get: operations["runs.signs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signs/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same rows as a workbook */
        get: operations["runs.signsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signs/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schools with what the evidence of their procedures comes to */
        get: operations["runs.schools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signs/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One sign in words, with ordinary reasons worth checking first */
        get: operations["signs.explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signs/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture of one statistic as numbers, those that reports draw */
        get: operations["signs.picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/results/how": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a number came about - method, formula with the numbers put in, run, snapshot, seed */
        get: operations["results.how"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Results of the rules by unit and procedure */
        get: operations["runs.results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that the newest runs say of a unit, by procedure */
        get: operations["units.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Works of a school or class that are most alike, by codes */
        get: operations["units.pairs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/distribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a procedure went in a unit or class */
        get: operations["units.distribution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A region or a municipality at a glance, by the newest runs */
        get: operations["units.overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/cutoffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scores of a unit beside what they would be had no work been lifted over a cut-off */
        get: operations["units.cutoffs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/inflation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A region against its reference stratum, by procedure */
        get: operations["units.inflation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items of a procedure in a unit or class beside what lies around it; groups under ten works are not told */
        get: operations["units.items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Other codes and names of a unit */
        get: operations["units.aliases"];
        put?: never;
        /** Another code or name for a unit */
        post: operations["units.alias"];
        /** Take another code or name away from a unit */
        delete: operations["units.unalias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done with a unit: names, places, merges */
        get: operations["units.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** This unit and another one become one; dry_run tells what would move */
        post: operations["units.merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Procedures with what is known of them */
        get: operations["procedures.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Procedures with the works that are loaded in a unit */
        get: operations["procedures.overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{code}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose works of a procedure are loaded, by what lies right below a unit */
        get: operations["procedures.coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/procedures/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One procedure */
        get: operations["procedures.get"];
        /** Add a procedure, or a new version of it (cut-offs, items); the old one stays with earlier runs */
        put: operations["procedures.put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/externals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of lists that came from outside; they come in through imports */
        get: operations["externals.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Re-checks, protocols of observers, medallists, places in the reference stratum; they come in through imports */
        get: operations["findings.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Packs of rules that an analysis would use now */
        get: operations["packs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-packs/{name}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A pack of rules with what its rules say, the bounds of their parameters and every version that the region set */
        get: operations["packs.details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-packs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pack of rules */
        get: operations["packs.get"];
        /** The region's own thresholds in place of the built-in pack; used from the next analysis on */
        put: operations["packs.put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-packs/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What if a pack had other thresholds; nothing is saved */
        post: operations["packs.try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shapes of municipalities, and tiles for where there are none */
        get: operations["map.get"];
        /** A map of municipalities (GeoJSON, RFC 7946) in place of the one there was */
        put: operations["map.put"];
        post?: never;
        /** The map is taken back; tiles stand in its place */
        delete: operations["map.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/map/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Where tiles of municipalities stand; those that are not named take the first free places by code */
        put: operations["map.tiles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tables/xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A table as a workbook; nothing is kept */
        post: operations["tables.xlsx"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backups that were made here */
        get: operations["backups.list"];
        put?: never;
        /** Make a backup; a job does it */
        post: operations["backups.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{name}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of a backup */
        get: operations["backups.content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Attach a file, at most 64 MiB
         * @description Raw body with the name in the query, or the part "file" of multipart/form-data.
         */
        post: operations["files.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known about a file */
        get: operations["files.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes of a file, always as an attachment */
        get: operations["files.content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units, procedures, records, files and people by a part of their names or codes, as far as the caller sees them */
        get: operations["search.find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of changes and looks, newest first */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checks the chain of the log from its first line */
        get: operations["audit.proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: roadmap */
        get: operations["roadmaps.list"];
        put?: never;
        /** A new roadmap */
        post: operations["roadmaps.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One roadmap */
        get: operations["roadmaps.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: roadmap */
        delete: operations["roadmaps.remove"];
        options?: never;
        head?: never;
        /** Change: roadmap */
        patch: operations["roadmaps.change"];
        trace?: never;
    };
    "/roadmaps/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: roadmap */
        post: operations["roadmaps.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: roadmap */
        get: operations["roadmaps.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: roadmap */
        get: operations["roadmaps.links"];
        put?: never;
        /** Attach evidence: roadmap */
        post: operations["roadmaps.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: roadmap */
        delete: operations["roadmaps.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: row of a roadmap at a unit */
        get: operations["roadmap-rows.list"];
        put?: never;
        /** A new row of a roadmap at a unit */
        post: operations["roadmap-rows.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-rows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One row of a roadmap at a unit */
        get: operations["roadmap-rows.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: row of a roadmap at a unit */
        delete: operations["roadmap-rows.remove"];
        options?: never;
        head?: never;
        /** Change: row of a roadmap at a unit */
        patch: operations["roadmap-rows.change"];
        trace?: never;
    };
    "/roadmap-rows/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: row of a roadmap at a unit */
        post: operations["roadmap-rows.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-rows/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: row of a roadmap at a unit */
        get: operations["roadmap-rows.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-rows/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: row of a roadmap at a unit */
        get: operations["roadmap-rows.links"];
        put?: never;
        /** Attach evidence: row of a roadmap at a unit */
        post: operations["roadmap-rows.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-rows/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: row of a roadmap at a unit */
        delete: operations["roadmap-rows.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: event */
        get: operations["events.list"];
        put?: never;
        /** A new event */
        post: operations["events.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event */
        get: operations["events.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: event */
        delete: operations["events.remove"];
        options?: never;
        head?: never;
        /** Change: event */
        patch: operations["events.change"];
        trace?: never;
    };
    "/events/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: event */
        post: operations["events.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: event */
        get: operations["events.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: event */
        get: operations["events.links"];
        put?: never;
        /** Attach evidence: event */
        post: operations["events.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: event */
        delete: operations["events.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: registration for an event */
        get: operations["registrations.list"];
        put?: never;
        /** A new registration for an event */
        post: operations["registrations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One registration for an event */
        get: operations["registrations.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: registration for an event */
        delete: operations["registrations.remove"];
        options?: never;
        head?: never;
        /** Change: registration for an event */
        patch: operations["registrations.change"];
        trace?: never;
    };
    "/registrations/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: registration for an event */
        post: operations["registrations.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: registration for an event */
        get: operations["registrations.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: registration for an event */
        get: operations["registrations.links"];
        put?: never;
        /** Attach evidence: registration for an event */
        post: operations["registrations.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: registration for an event */
        delete: operations["registrations.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/survey-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: answer to a survey */
        get: operations["survey-answers.list"];
        put?: never;
        /** A new answer to a survey */
        post: operations["survey-answers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/survey-answers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One answer to a survey */
        get: operations["survey-answers.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: answer to a survey */
        delete: operations["survey-answers.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/survey-answers/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: answer to a survey */
        get: operations["survey-answers.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/survey-answers/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: answer to a survey */
        get: operations["survey-answers.links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: indicator */
        get: operations["indicators.list"];
        put?: never;
        /** A new indicator */
        post: operations["indicators.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One indicator */
        get: operations["indicators.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: indicator */
        delete: operations["indicators.remove"];
        options?: never;
        head?: never;
        /** Change: indicator */
        patch: operations["indicators.change"];
        trace?: never;
    };
    "/indicators/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: indicator */
        post: operations["indicators.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: indicator */
        get: operations["indicators.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: indicator */
        get: operations["indicators.links"];
        put?: never;
        /** Attach evidence: indicator */
        post: operations["indicators.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: indicator */
        delete: operations["indicators.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: campaign of monitoring */
        get: operations["campaigns.list"];
        put?: never;
        /** A new campaign of monitoring */
        post: operations["campaigns.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign of monitoring */
        get: operations["campaigns.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: campaign of monitoring */
        delete: operations["campaigns.remove"];
        options?: never;
        head?: never;
        /** Change: campaign of monitoring */
        patch: operations["campaigns.change"];
        trace?: never;
    };
    "/campaigns/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: campaign of monitoring */
        post: operations["campaigns.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: campaign of monitoring */
        get: operations["campaigns.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: campaign of monitoring */
        get: operations["campaigns.links"];
        put?: never;
        /** Attach evidence: campaign of monitoring */
        post: operations["campaigns.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: campaign of monitoring */
        delete: operations["campaigns.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: form of a campaign */
        get: operations["forms.list"];
        put?: never;
        /** A new form of a campaign */
        post: operations["forms.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One form of a campaign */
        get: operations["forms.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: form of a campaign */
        delete: operations["forms.remove"];
        options?: never;
        head?: never;
        /** Change: form of a campaign */
        patch: operations["forms.change"];
        trace?: never;
    };
    "/forms/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on many records, all or nothing */
        post: operations["forms.actAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{id}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Values of some fields; what others changed in other fields meanwhile stays */
        patch: operations["forms.fill"];
        trace?: never;
    };
    "/forms/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: form of a campaign */
        post: operations["forms.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: form of a campaign */
        get: operations["forms.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: form of a campaign */
        get: operations["forms.links"];
        put?: never;
        /** Attach evidence: form of a campaign */
        post: operations["forms.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: form of a campaign */
        delete: operations["forms.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: analytical note */
        get: operations["notes.list"];
        put?: never;
        /** A new analytical note */
        post: operations["notes.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One analytical note */
        get: operations["notes.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: analytical note */
        delete: operations["notes.remove"];
        options?: never;
        head?: never;
        /** Change: analytical note */
        patch: operations["notes.change"];
        trace?: never;
    };
    "/notes/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: analytical note */
        post: operations["notes.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: analytical note */
        get: operations["notes.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: analytical note */
        get: operations["notes.links"];
        put?: never;
        /** Attach evidence: analytical note */
        post: operations["notes.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: analytical note */
        delete: operations["notes.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: case */
        get: operations["cases.list"];
        put?: never;
        /** A new case */
        post: operations["cases.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case */
        get: operations["cases.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: case */
        delete: operations["cases.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: case */
        post: operations["cases.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: case */
        get: operations["cases.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: case */
        get: operations["cases.links"];
        put?: never;
        /** Attach evidence: case */
        post: operations["cases.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: case */
        delete: operations["cases.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: recommendation */
        get: operations["recommendations.list"];
        put?: never;
        /** A new recommendation */
        post: operations["recommendations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One recommendation */
        get: operations["recommendations.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: recommendation */
        delete: operations["recommendations.remove"];
        options?: never;
        head?: never;
        /** Change: recommendation */
        patch: operations["recommendations.change"];
        trace?: never;
    };
    "/recommendations/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: recommendation */
        post: operations["recommendations.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: recommendation */
        get: operations["recommendations.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: recommendation */
        get: operations["recommendations.links"];
        put?: never;
        /** Attach evidence: recommendation */
        post: operations["recommendations.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: recommendation */
        delete: operations["recommendations.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: entry of the base of recommendations */
        get: operations["advice.list"];
        put?: never;
        /** A new entry of the base of recommendations */
        post: operations["advice.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/advice/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry of the base of recommendations */
        get: operations["advice.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: entry of the base of recommendations */
        delete: operations["advice.remove"];
        options?: never;
        head?: never;
        /** Change: entry of the base of recommendations */
        patch: operations["advice.change"];
        trace?: never;
    };
    "/advice/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: entry of the base of recommendations */
        post: operations["advice.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/advice/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: entry of the base of recommendations */
        get: operations["advice.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/advice/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: entry of the base of recommendations */
        get: operations["advice.links"];
        put?: never;
        /** Attach evidence: entry of the base of recommendations */
        post: operations["advice.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/advice/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: entry of the base of recommendations */
        delete: operations["advice.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalogue-measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: kind of measure */
        get: operations["catalogue-measures.list"];
        put?: never;
        /** A new kind of measure */
        post: operations["catalogue-measures.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalogue-measures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One kind of measure */
        get: operations["catalogue-measures.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: kind of measure */
        delete: operations["catalogue-measures.remove"];
        options?: never;
        head?: never;
        /** Change: kind of measure */
        patch: operations["catalogue-measures.change"];
        trace?: never;
    };
    "/catalogue-measures/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: kind of measure */
        post: operations["catalogue-measures.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalogue-measures/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: kind of measure */
        get: operations["catalogue-measures.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalogue-measures/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: kind of measure */
        get: operations["catalogue-measures.links"];
        put?: never;
        /** Attach evidence: kind of measure */
        post: operations["catalogue-measures.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalogue-measures/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: kind of measure */
        delete: operations["catalogue-measures.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: measure */
        get: operations["measures.list"];
        put?: never;
        /** A new measure */
        post: operations["measures.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One measure */
        get: operations["measures.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: measure */
        delete: operations["measures.remove"];
        options?: never;
        head?: never;
        /** Change: measure */
        patch: operations["measures.change"];
        trace?: never;
    };
    "/measures/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: measure */
        post: operations["measures.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: measure */
        get: operations["measures.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: measure */
        get: operations["measures.links"];
        put?: never;
        /** Attach evidence: measure */
        post: operations["measures.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: measure */
        delete: operations["measures.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: observation */
        get: operations["observations.list"];
        put?: never;
        /** A new observation */
        post: operations["observations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One observation */
        get: operations["observations.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: observation */
        delete: operations["observations.remove"];
        options?: never;
        head?: never;
        /** Change: observation */
        patch: operations["observations.change"];
        trace?: never;
    };
    "/observations/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: observation */
        post: operations["observations.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: observation */
        get: operations["observations.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: observation */
        get: operations["observations.links"];
        put?: never;
        /** Attach evidence: observation */
        post: operations["observations.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: observation */
        delete: operations["observations.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rechecks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: re-check */
        get: operations["rechecks.list"];
        put?: never;
        /** A new re-check */
        post: operations["rechecks.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rechecks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One re-check */
        get: operations["rechecks.get"];
        put?: never;
        post?: never;
        /** Take back while in its first state: re-check */
        delete: operations["rechecks.remove"];
        options?: never;
        head?: never;
        /** Change: re-check */
        patch: operations["rechecks.change"];
        trace?: never;
    };
    "/rechecks/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: re-check */
        post: operations["rechecks.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rechecks/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: re-check */
        get: operations["rechecks.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rechecks/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: re-check */
        get: operations["rechecks.links"];
        put?: never;
        /** Attach evidence: re-check */
        post: operations["rechecks.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rechecks/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away: re-check */
        delete: operations["rechecks.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Drafts for a year, from the built-in starter set or from the active ones of another year */
        post: operations["indicators.seed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on every indicator of a year that it fits */
        post: operations["indicators.actAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Is the formula well formed; where not */
        post: operations["indicators.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Value of a formula for a unit, without saving anything */
        post: operations["indicators.try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/compute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compute all active indicators of a year (a job) */
        post: operations["indicators.compute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Variables that formulas may use */
        get: operations["indicators.variables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicator-values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computed values, the newest of each indicator, year and unit */
        get: operations["indicatorValues.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicator-values/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of a year as a table, units of one level by indicators */
        get: operations["indicatorValues.table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicator-values/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One value and how it came about, down to counts */
        get: operations["indicatorValues.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a campaign is, by municipality */
        get: operations["campaigns.board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Forms of a campaign, unit by unit */
        get: operations["campaigns.forms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/late": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Forms that are late */
        get: operations["campaigns.late"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note on every late form that its unit was reminded today */
        post: operations["campaigns.remind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/published-values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values as others may see them, small groups and what gives them away hidden */
        get: operations["publishedValues.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/published-values/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same rows as a file */
        get: operations["publishedValues.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Values for many forms at once, all or nothing */
        post: operations["campaigns.fill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/form-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fields that forms can have */
        get: operations["forms.fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cases from signs of runs and from external lists; with preview nothing is written */
        post: operations["cases.make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on many records, all or nothing */
        post: operations["cases.actAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that the page of a case shows */
        get: operations["cases.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/escalations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark cases past their deadline for the next level */
        post: operations["cases.escalate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts of cases by state, sign and unit, and the most urgent ones of each state */
        get: operations["cases.board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases of the same sign, with their measures and effects; anonymous outside of the own subtree */
        get: operations["cases.similar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{id}/advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the base of recommendations says to a case */
        get: operations["cases.advice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycle-lists/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fixed words of the cycle */
        get: operations["cycle.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/base": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the built-in advice and the catalogue of measures into records; what is there stays */
        post: operations["recommendations.seed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on many records, all or nothing */
        post: operations["recommendations.actAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Many letters as one ZIP of documents */
        get: operations["recommendations.letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List: template */
        get: operations["templates.list"];
        put?: never;
        /**
         * Upload a template of the office (DOCX with {{places}})
         * @description At most 4 MiB. Raw body with the name in the query, or the part "file" of multipart/form-data.
         */
        post: operations["templates.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template */
        get: operations["templates.get"];
        put?: never;
        post?: never;
        /** Take back while it is not chosen: template */
        delete: operations["templates.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action: template */
        post: operations["templates.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions: template */
        get: operations["templates.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it points to and what points to it: template */
        get: operations["templates.links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{id}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The letter on paper */
        get: operations["recommendations.letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on many records, all or nothing */
        post: operations["measures.actAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/measures/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts of measures by state, type and unit */
        get: operations["measures.overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who observes where and when */
        get: operations["observations.schedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Confirmed visits without remarks as a reference list for the import */
        get: operations["observations.reference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/effects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Effect of a year in the next one, computed and not kept */
        get: operations["effects.get"];
        put?: never;
        /** The same, kept with measures and cases */
        post: operations["effects.compute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/effect-reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kept reports of effects, without the reports themselves */
        get: operations["effectReports.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/effect-reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A kept report, as it was */
        get: operations["effectReports.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The built-in roadmap 2020–2022 as a record; the one that is there stays */
        post: operations["roadmaps.seed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmaps/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A draft for other years, with all years and dates moved */
        post: operations["roadmaps.copy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-tables/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roadmap as a unit sees it, row by row, with what was done */
        get: operations["roadmapTables.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-tables/{code}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The three-column table as a file */
        get: operations["roadmapTables.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-tables/{code}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One row at the units below, by code of the unit */
        get: operations["roadmapTables.units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roadmap-tables/{code}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that was linked as evidence, row by row */
        get: operations["roadmapTables.evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records of several kinds by their titles, newest first */
        get: operations["records.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which kind of record that is */
        get: operations["records.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/attendance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who came, for many at once, all or nothing */
        post: operations["events.attendance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/survey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Results of the survey before and after; groups under 10 are hidden in the published form */
        get: operations["events.survey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A secret address of the own calendar of events; an earlier one ends */
        post: operations["calendar.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calendar of whoever made the address, as iCalendar */
        get: operations["calendar.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for the caller; overdue first */
        get: operations["tasks.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/self-analysis/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions for the self-analysis of a school, by what stands out there */
        get: operations["questions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analysis/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The analysis as one unit sees its own */
        get: operations["analysis.view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The note with the figures of its run, as a file */
        get: operations["notes.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Id: number;
        Total: number;
        /** Format: date */
        Date: string;
        /** Format: date-time */
        Time: string;
        /** @enum {string} */
        Level: "country" | "region" | "municipality" | "school" | "class";
        /** @enum {string} */
        Role: "operator" | "head" | "municipal" | "school" | "observer" | "auditor" | "admin";
        /** @enum {string} */
        UserState: "invited" | "active" | "disabled";
        Problem: {
            /** @description urn:oko:problem:NAME, or about:blank */
            type: string;
            title: string;
            status: number;
            /** @description One sentence in the language of the request */
            detail?: string;
            /** @description Message key, e.g. "people.locked" */
            code?: string;
            /** @description Number of the request in the log of the server */
            request?: string;
            errors?: components["schemas"]["ProblemPlace"][];
        };
        ProblemPlace: {
            /** @description JSON pointer into the body, or the name of a parameter */
            pointer: string;
            code: string;
            detail: string;
        };
        /** @description What all objects of the yearly cycle share (oko_cycle_json). A noun's own schema is allOf of this and an object whose "body" is the schema that its flow names. 0 and "" mean: none. */
        Record: {
            id: components["schemas"]["Id"];
            kind: string;
            /** @description 0: of the whole register */
            unit: number;
            year: number;
            state: string;
            due: string;
            overdue: boolean;
            assignee: number;
            key: string;
            title: string;
            version: components["schemas"]["Id"];
            created: string;
            updated: string;
            created_by: number;
            updated_by: number;
            body: Record<string, never>;
            /** @description The caller may change it now */
            editable: boolean;
            /** @description What the caller may do with it now */
            actions: string[];
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "stopping";
            version: string;
            schema: number;
        };
        Login: string;
        /** Format: password */
        Password: string;
        SessionBody: {
            login: string;
            password: components["schemas"]["Password"];
        };
        Session: {
            user: components["schemas"]["Me"];
            /** @description Goes into X-CSRF-Token of every request but GET */
            csrf: string;
            expires: components["schemas"]["Time"];
            /** @description Until then only /session and /me/password work */
            must_change_password: boolean;
        };
        Me: {
            /** @description 0: the command line */
            id: number;
            login: string;
            name: string;
            email: string;
            role: components["schemas"]["Role"];
            /** @description null: the whole register */
            unit: number | null;
            /** @enum {string} */
            lang: "ru" | "en";
            version: number;
        };
        MeChange: {
            name?: string;
            email?: string;
            /** @enum {string} */
            lang?: "ru" | "en";
        };
        PasswordChange: {
            current: components["schemas"]["Password"];
            password: components["schemas"]["Password"];
        };
        InvitationAnswer: {
            secret: string;
            password: components["schemas"]["Password"];
        };
        User: {
            id: components["schemas"]["Id"];
            login: string;
            name: string;
            email: string;
            role: components["schemas"]["Role"];
            unit: number | null;
            /** @description In lists; empty: the whole register */
            unit_name?: string;
            state: components["schemas"]["UserState"];
            must_change_password: boolean;
            /** Format: date-time */
            locked_until: string | null;
            /** @enum {string} */
            lang: "ru" | "en";
            version: number;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        UserList: {
            items: components["schemas"]["User"][];
            total: components["schemas"]["Total"];
        };
        UserBody: {
            login: components["schemas"]["Login"];
            name: string;
            email?: string;
            role: components["schemas"]["Role"];
            /** @description Whose subtree; null is the whole register */
            unit?: number | null;
            /** @enum {string} */
            lang?: "ru" | "en";
        };
        UserChange: {
            name?: string;
            email?: string;
            role?: components["schemas"]["Role"];
            unit?: number | null;
            /** @enum {string} */
            state?: "active" | "disabled";
        };
        Invitation: {
            user: components["schemas"]["User"];
            secret: string;
            expires: components["schemas"]["Time"];
        };
        Token: {
            id: components["schemas"]["Id"];
            title: string;
            /** @enum {string} */
            scope: "read" | "write";
            created: components["schemas"]["Time"];
            /** Format: date-time */
            used: string | null;
            expires: components["schemas"]["Time"];
            /** @description Only in the answer that makes it */
            secret?: string;
        };
        TokenList: {
            items: components["schemas"]["Token"][];
            total: components["schemas"]["Total"];
        };
        TokenBody: {
            title: string;
            /** @enum {string} */
            scope: "read" | "write";
            /** @description 90 when not given */
            days?: number;
        };
        SetupState: {
            /** @description Nobody can sign in yet */
            open: boolean;
            demo: boolean;
            /** @description Of the office, else the name of the region, else empty */
            organisation: string;
            contact: string;
            /** @enum {string} */
            lang: "ru" | "en";
        };
        SetupPerson: {
            login: components["schemas"]["Login"];
            name: string;
            password: components["schemas"]["Password"];
        };
        SetupBody: {
            /** @description What the server printed */
            code: string;
            /** @enum {string} */
            lang: "ru" | "en";
            region: {
                code: string;
                name: string;
            };
            admin: components["schemas"]["SetupPerson"];
            operator?: components["schemas"]["SetupPerson"];
        };
        SetupDone: {
            region: components["schemas"]["Id"];
        };
        SettingsBody: {
            /** @description Sender of letters */
            organisation?: string;
            /** @description Position and name under letters; empty: whoever approved */
            signer?: string;
            /** @description Whom to ask; shown before signing in */
            contact?: string;
            /**
             * @description Of new people
             * @enum {string}
             */
            lang?: "ru" | "en";
            /** @description Smallest published group of pupils */
            published_min?: number;
        };
        Settings: {
            organisation: string;
            signer: string;
            contact: string;
            /** @enum {string} */
            lang: "ru" | "en";
            published_min: number;
            /** @description 0: nothing was set yet */
            version: number;
            /** Format: date-time */
            updated: string | null;
            updated_by: number | null;
            updated_by_name?: string;
        };
        SettingsHistory: {
            items: components["schemas"]["Settings"][];
            total: components["schemas"]["Total"];
        };
        DemoReset: {
            /** @description true: everything done since is given up */
            confirm: boolean;
        };
        InvitationLook: {
            secret: string;
        };
        Invited: {
            login: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @description Empty: the whole register */
            unit_name: string;
            /** @enum {string} */
            lang: "ru" | "en";
        };
        Guest: {
            user: components["schemas"]["User"];
            unit_code: string;
            unit_name: string;
            /** @description Shown this once; null in a trial */
            secret: string | null;
            expires: components["schemas"]["Time"];
        };
        Guests: {
            items: components["schemas"]["Guest"][];
            total: components["schemas"]["Total"];
        };
        InviteAllBody: {
            users: components["schemas"]["Id"][];
        };
        UserImport: {
            /** @description With something in them, without the head */
            rows: number;
            dry_run: boolean;
            made: components["schemas"]["Guest"][];
            problems: {
                /** @description As the table shows it */
                row: number;
                login: string;
                /** @description login, name, role, unit or empty */
                field: string;
                detail: string;
            }[];
        };
        UnitHistory: {
            items: {
                id: components["schemas"]["Id"];
                at: components["schemas"]["Time"];
                login: string;
                action: string;
                /** @description changes: {member: [was, now]}; into: of a merge */
                detail: Record<string, never>;
            }[];
            total: components["schemas"]["Total"];
        };
        SearchItem: {
            id: number;
            code: string;
            title: string;
            /** @description What was found, where it is not the title; level of a unit, role of a person */
            detail: string;
            unit: number | null;
            unit_name: string;
            state: string;
            year: number;
        };
        SearchResult: {
            groups: {
                /** @enum {string} */
                kind: "unit" | "procedure" | "case" | "recommendation" | "measure" | "event" | "note" | "indicator" | "campaign" | "roadmap-row" | "advice" | "catalogue-measure" | "import" | "file" | "user";
                items: components["schemas"]["SearchItem"][];
                total: components["schemas"]["Total"];
            }[];
        };
        Unit: {
            id: components["schemas"]["Id"];
            parent: number | null;
            level: components["schemas"]["Level"];
            code: string;
            name: string;
            type: string;
            place: string;
            cluster: string;
            /** @description false: made on the fly from a file with results */
            confirmed: boolean;
            /** @description First academic year, by its second half */
            valid_from: number | null;
            /** @description Last academic year: closed after it */
            valid_to: number | null;
        };
        UnitList: {
            items: components["schemas"]["Unit"][];
            total: components["schemas"]["Total"];
        };
        UnitNode: {
            id: components["schemas"]["Id"];
            level: components["schemas"]["Level"];
            code: string;
            name: string;
            children: components["schemas"]["UnitNode"][];
        };
        UnitTree: {
            items: components["schemas"]["UnitNode"][];
        };
        Import: {
            id: components["schemas"]["Id"];
            file: string;
            sha256: string;
            bytes: number;
            layout: string;
            procedure: string;
            created: string;
            revision: number;
            rows: number;
            /** @description null: the command line */
            user: number | null;
            user_name: string | null;
            /** @description The import that this one took back */
            undoes: number | null;
            undone_by: number | null;
            /** @description The import of the same file that this one puts right */
            corrects: number | null;
            /** @description Counts and changes */
            summary: unknown;
            /** @description Of one import */
            corrections?: components["schemas"]["Correction"][];
            /** @description Of one import */
            problems?: components["schemas"]["ProblemCount"][];
            /** @description Of one import: its rows are kept and can be put right */
            kept?: boolean;
            /** @description Of one import: later ones that must be undone first, newest first */
            blocked_by?: components["schemas"]["ImportName"][];
        };
        ImportName: {
            id: components["schemas"]["Id"];
            file: string;
            created: string;
        };
        Correction: {
            sheet: string;
            row: number;
            col: number;
            column: string;
            was: string;
            value: string;
        };
        ProblemCount: {
            /** @enum {string} */
            severity: "note" | "repaired" | "rejected";
            reason: string;
            text: string;
            n: number;
        };
        CorrectionsBody: {
            corrections: {
                sheet: string;
                row: number;
                col: number;
                value: string;
            }[];
            dry_run?: boolean;
        };
        UndoBody: {
            dry_run?: boolean;
        };
        UndoReport: {
            /** @description The undo in the list of imports; null: a trial */
            import: number | null;
            revision: number | null;
            sheets_ended: number;
            sheets_back: number;
            others_ended: number;
            others_back: number;
            units_gone: number;
            units_kept: number;
            dry_run: boolean;
        };
        KeptCell: {
            col: number;
            text: string;
        };
        ProblemRowList: {
            kept: boolean;
            heads: {
                sheet: string;
                cells: components["schemas"]["KeptCell"][];
            }[];
            items: {
                sheet: string;
                /** @description 0: the whole worksheet or file */
                row: number;
                cells: components["schemas"]["KeptCell"][];
                problems: components["schemas"]["ProblemPlaceOfFile"][];
            }[];
            total: components["schemas"]["Total"];
        };
        ConfirmBody: {
            units?: components["schemas"]["Id"][];
            /** @description Every one that nobody confirmed */
            all?: boolean;
        };
        ConfirmReport: {
            confirmed: number;
        };
        UnmatchedList: {
            items: {
                unit: components["schemas"]["Unit"];
                /** @description Name of the unit above */
                above: string;
                /** @description Works of all procedures */
                works: number;
                import: components["schemas"]["ImportName"] | null;
                candidates: {
                    unit: components["schemas"]["Unit"];
                    above: string;
                    works: number;
                    score: number;
                    reasons: ("login" | "name" | "code")[];
                }[];
            }[];
            total: components["schemas"]["Total"];
        };
        ImportList: {
            items: components["schemas"]["Import"][];
            total: components["schemas"]["Total"];
        };
        ProblemPlaceOfFile: {
            /** @enum {string} */
            severity: "note" | "repaired" | "rejected";
            sheet: string;
            row: number;
            col: number;
            column: string;
            value_class: string;
            reason: string;
            detail: string;
            text: string;
        };
        ProblemPlaceList: {
            items: components["schemas"]["ProblemPlaceOfFile"][];
            total: components["schemas"]["Total"];
        };
        ProcedureCode: string;
        /** @enum {string} */
        Family: "level" | "threshold" | "roster" | "pattern" | "time";
        /** @enum {string} */
        Evidence: "no_data" | "none" | "attention" | "signs" | "strong";
        Run: {
            id: components["schemas"]["Id"];
            created: string;
            method: string;
            /** @enum {string} */
            kind: "analyze" | "evidence";
            program: string;
            revision: number;
            snapshot: string;
            seed: number;
            result_hash: string;
            params: Record<string, never>;
        };
        RunList: {
            items: components["schemas"]["Run"][];
            total: components["schemas"]["Total"];
        };
        RunComparison: {
            a: components["schemas"]["Run"];
            b: components["schemas"]["Run"];
            same_method: boolean;
            same_data: boolean;
            same_results: boolean;
            differences: components["schemas"]["RunDifference"][];
        };
        RunDifference: {
            /** @description params.seed, … */
            member: string;
            /** @description any value, null when it is not there */
            a: unknown;
            /** @description any value */
            b: unknown;
        };
        Sign: {
            /** @description 0: of no unit */
            unit: number;
            unit_code: string;
            unit_name: string;
            municipality: string;
            procedure: string;
            level: components["schemas"]["Level"];
            /** @description null: the whole unit */
            class: string | null;
            class_key: string | null;
            evidence: components["schemas"]["Evidence"];
            reliability: string;
            family: string | null;
            cohort: number;
            absent: number | null;
            p_level: number | null;
            p_threshold: number | null;
            p_roster: number | null;
            p_pattern: number | null;
            p_time: number | null;
            n: number;
            observed: number | null;
            expected: number | null;
            effect: number | null;
            effect_lo: number | null;
            effect_hi: number | null;
            p: number | null;
            log_p: number | null;
            q: number | null;
            marked: boolean;
        };
        SignList: {
            run: components["schemas"]["Id"];
            items: components["schemas"]["Sign"][];
            total: components["schemas"]["Total"];
        };
        Result: {
            /** @description 0: of no unit */
            unit: number;
            unit_code: string;
            unit_name: string;
            municipality: string;
            procedure: string;
            level: components["schemas"]["Level"];
            rule: string;
            /** @enum {string} */
            state: "ok" | "no_data" | "not_applicable";
            why: string | null;
            official: boolean;
            n: number;
            observed: number | null;
            expected: number | null;
            effect: number | null;
            effect_lo: number | null;
            effect_hi: number | null;
            p: number | null;
            log_p: number | null;
            q: number | null;
            marked: boolean;
        };
        ResultList: {
            run: components["schemas"]["Id"];
            items: components["schemas"]["Result"][];
            total: components["schemas"]["Total"];
        };
        SignOfFamily: {
            family: components["schemas"]["Family"];
            statistic: string;
            p: number | null;
            text: string;
        };
        SignExplanation: {
            run: components["schemas"]["Id"];
            unit: components["schemas"]["Id"];
            unit_code: string;
            unit_name: string;
            procedure: string;
            class: string | null;
            n: number;
            p: number | null;
            q: number | null;
            effect: number | null;
            evidence: components["schemas"]["Evidence"];
            reliability: string;
            signs: components["schemas"]["SignOfFamily"][];
            innocent: string[];
            facts: Record<string, never>;
            details: Record<string, never>;
        };
        ProcedureShort: {
            code: string;
            title: string;
            kind: string;
            subject: string;
            year: number;
            grade: number;
            max: number;
        };
        UnitPageProcedure: {
            procedure: components["schemas"]["ProcedureShort"];
            signs: components["schemas"]["Sign"][];
            results: components["schemas"]["Result"][];
        };
        UnitPage: {
            unit: components["schemas"]["Unit"];
            path: components["schemas"]["Unit"][];
            run: number | null;
            evidence_run: number | null;
            procedures: components["schemas"]["UnitPageProcedure"][];
        };
        Pair: {
            codes: string[];
            same: number;
            expected: number | null;
            log_p: number | null;
        };
        PairWork: {
            code: string;
            /** @description 0: not stated */
            variant: number;
            total: number;
            answers: number[];
            /** @description % of works with such a total that answer so */
            chances: number[];
        };
        PairList: {
            works: number;
            pairs: number;
            answers: number;
            items: components["schemas"]["Pair"][];
            /** @description Codes joined in chains by unlikely pairs */
            groups: string[][];
            /** @description Of the items */
            labels: string[];
            /** @description Works of the pairs that are told */
            rows: components["schemas"]["PairWork"][];
        };
        PictureRow: {
            label: string;
            observed: number | null;
            expected: number | null;
            lo: number | null;
            hi: number | null;
            /** @description The row that the sign is about */
            subject: boolean;
        };
        PictureItem: {
            label: string;
            max: number;
            /** @description % of the maximum */
            seen: number | null;
            /** @description At the same totals */
            expected: number | null;
            /** @description 1: better than expected, -1: worse */
            marked: number;
        };
        PictureBin: {
            /** @description Same answers */
            from: number;
            to: number;
            /** @description Pairs of works */
            seen: number;
            expected: number;
            /** @description Hardly a pair is expected here or above */
            rare: boolean;
        };
        PictureScore: {
            score: number;
            works: number;
            /** @description In a smooth distribution of the same level */
            expected: number | null;
        };
        CutOff: {
            mark: number;
            /** @description The lowest with this mark */
            score: number;
        };
        Picture: {
            run: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "histogram" | "profile" | "pairs" | "level" | "roster" | "journal";
            statistic: string;
            procedure: string;
            title: string;
            n: number;
            /** @description In words */
            summary: string;
            /** @description Largest total */
            max: number;
            /** @description level, roster, journal */
            rows: components["schemas"]["PictureRow"][];
            /** @description profile */
            items: components["schemas"]["PictureItem"][];
            /** @description pairs */
            bins: components["schemas"]["PictureBin"][];
            /** @description histogram */
            scores: components["schemas"]["PictureScore"][];
            /** @description histogram */
            cutoffs: components["schemas"]["CutOff"][];
        };
        HowNumber: {
            name: string;
            value: string;
        };
        HowStep: {
            depth: number;
            text: string;
        };
        HowDocument: {
            file: string;
            section: string;
        };
        HowMade: {
            rule: string;
            title: string;
            what: string | null;
            reading: string | null;
            source: string | null;
            document: components["schemas"]["HowDocument"];
            numbers: components["schemas"]["HowNumber"][];
            steps: components["schemas"]["HowStep"][];
            unit: components["schemas"]["Id"];
            procedure: string;
            procedure_title: string;
            class: string | null;
            n: number;
            run: components["schemas"]["Run"];
        };
        ItemScope: {
            level: components["schemas"]["Level"];
            /** @description 0: all schools */
            unit: number;
            name: string;
            n: number;
            /** @description By item; % of its maximum */
            percent: (number | null)[];
            /** @description What was asked about */
            group: boolean;
        };
        ProfileItem: {
            label: string;
            max: number;
            /** @description B, P, V: as the specification says */
            level: string | null;
            /** @description 100 less the share of the region */
            difficulty: number | null;
            /** @description Of the group at the same totals */
            expected: number | null;
            /** @description Share of the region by total, from 0 */
            curve: (number | null)[];
        };
        ItemBand: {
            /** @description Total */
            from: number;
            to: number;
            n: number;
            percent: (number | null)[];
        };
        ItemVariant: {
            variant: number;
            n: number;
            region_n: number;
            percent: (number | null)[];
            region: (number | null)[];
        };
        ItemProfile: {
            procedure: string;
            n: number;
            /** @description Too few works */
            hidden: boolean;
            /** @description Works that are needed */
            least: number;
            max: number;
            /** @description Widest first */
            scopes: components["schemas"]["ItemScope"][];
            items: components["schemas"]["ProfileItem"][];
            /** @description Of the group by total */
            bands: components["schemas"]["ItemBand"][];
            variants: components["schemas"]["ItemVariant"][];
        };
        ProcedureLoaded: {
            code: string;
            title: string;
            kind: string;
            subject: string;
            year: number;
            grade: number;
            max: number;
            /** @description 0: only totals are known */
            items: number;
            cutoffs: boolean;
            /** @description With works */
            schools: number;
            works: number;
            absent: number;
        };
        ProcedureOverview: {
            items: components["schemas"]["ProcedureLoaded"][];
            total: components["schemas"]["Total"];
        };
        CoveragePlace: {
            unit: components["schemas"]["Id"];
            code: string;
            name: string;
            level: components["schemas"]["Level"];
            register_schools: number;
            /** @description With works */
            schools: number;
            works: number;
            absent: number;
        };
        ProcedureCoverage: {
            whole: components["schemas"]["CoveragePlace"];
            items: components["schemas"]["CoveragePlace"][];
            total: components["schemas"]["Total"];
        };
        MarkCount: {
            mark: number;
            n: number;
        };
        ItemMean: {
            label: string;
            max: number;
            mean: number | null;
            n: number;
        };
        Distribution: {
            procedure: string;
            n: number;
            rows: number;
            absent: number;
            max: number;
            mean: number | null;
            sd: number | null;
            histogram: number[];
            marks: components["schemas"]["MarkCount"][];
            items: components["schemas"]["ItemMean"][];
        };
        SchoolSigns: {
            unit: components["schemas"]["Id"];
            code: string;
            name: string;
            municipality: string;
            /**
             * @description The strongest of its procedures
             * @enum {string}
             */
            evidence: "no_data" | "none" | "attention" | "signs" | "strong";
            /** @description That speak in a procedure with attention or more */
            families: string[];
            works: number;
            procedures: number;
            /** @description Procedures with signs, or strong ones */
            marked: number;
        };
        SchoolList: {
            run: components["schemas"]["Id"];
            items: components["schemas"]["SchoolSigns"][];
            total: components["schemas"]["Total"];
        };
        OverviewSums: {
            /** @description With works */
            schools: number;
            /** @description Of all procedures: a pupil counts once in each */
            works: number;
            /** @description Schools with enough data for evidence */
            computed: number;
            /** @description Schools with signs, or strong ones, in any procedure */
            marked: number;
            /** @description Schools by their strongest evidence */
            levels: {
                no_data: number;
                none: number;
                attention: number;
                signs: number;
                strong: number;
            };
            /** @description Schools where the family speaks (p under .05), by the evidence of those rows */
            families: {
                level: components["schemas"]["OverviewFamily"];
                threshold: components["schemas"]["OverviewFamily"];
                roster: components["schemas"]["OverviewFamily"];
                pattern: components["schemas"]["OverviewFamily"];
                time: components["schemas"]["OverviewFamily"];
            };
            /** @description marked / computed; null: fewer than 10 schools */
            rate: number | null;
            /** @description Clopper–Pearson 95 % */
            rate_lo: number | null;
            rate_hi: number | null;
            /** @description Works lifted over the cut-offs, over all procedures; null: not known */
            lifted: number | null;
            /** @description Sum of the lower bounds */
            lifted_lo: number | null;
            lifted_hi: number | null;
            /** @description Procedures that it is known of */
            lifted_of: number;
        };
        OverviewFamily: {
            attention: number;
            signs: number;
            strong: number;
        };
        OverviewYear: {
            year: number;
            sums: components["schemas"]["OverviewSums"];
        };
        OverviewMunicipality: {
            unit: components["schemas"]["Unit"];
            sums: components["schemas"]["OverviewSums"];
            years: {
                year: number;
                schools: number;
                computed: number;
                marked: number;
            }[];
        };
        UnitOverview: {
            unit: components["schemas"]["Unit"];
            /** @description Rules */
            run: number | null;
            evidence_run: number | null;
            procedures: components["schemas"]["ProcedureShort"][];
            years: number[];
            all: components["schemas"]["OverviewSums"];
            dynamics: components["schemas"]["OverviewYear"][];
            municipalities: components["schemas"]["OverviewMunicipality"][];
            cutoffs: components["schemas"]["Result"][];
        };
        UnitCutoffs: {
            run: components["schemas"]["Id"];
            unit: components["schemas"]["Id"];
            procedure: string;
            /** @enum {string} */
            state: "ok" | "no_data" | "not_applicable";
            why: string | null;
            n: number;
            max: number;
            first_mark: number;
            lifted: number | null;
            lifted_lo: number | null;
            lifted_hi: number | null;
            p: number | null;
            q: number | null;
            marked: boolean;
            cutoffs: {
                /** @description Lowest score of the higher mark */
                cutoff: number;
                below_from: number;
                above_to: number;
                /** @description Works observed in the window below */
                below: number;
                above: number;
                expected_above: number | null;
                lifted: number | null;
                lifted_lo: number | null;
                lifted_hi: number | null;
                share: number | null;
                p: number | null;
            }[];
            /** @description Works by score; empty: not computed */
            expected: (number | null)[];
            /** @description Works by score as the run saw them; empty: nothing loaded */
            observed: number[];
        };
        UnitInflation: {
            run: components["schemas"]["Id"];
            items: {
                procedure: string;
                computed: boolean;
                lines: {
                    text: string;
                    /** @description Belongs to the sentence above it */
                    detail: boolean;
                }[];
                /** @description All numbers of the result */
                details: Record<string, never>;
            }[];
        };
        UnitBody: {
            /** @enum {string} */
            level: "country" | "region" | "municipality" | "school";
            code: string;
            parent?: components["schemas"]["Id"];
            name: string;
            type?: string;
            /** @enum {string} */
            place?: "town" | "village" | "";
            cluster?: string;
            valid_from?: number | null;
            valid_to?: number | null;
            confirmed?: boolean;
        };
        UnitChange: {
            parent?: components["schemas"]["Id"];
            name?: string;
            type?: string;
            /** @enum {string} */
            place?: "town" | "village" | "";
            cluster?: string;
            valid_from?: number | null;
            valid_to?: number | null;
            confirmed?: boolean;
        };
        Alias: {
            kind: string;
            alias: string;
        };
        AliasList: {
            items: components["schemas"]["Alias"][];
            total: components["schemas"]["Total"];
        };
        AliasBody: {
            /** @enum {string} */
            kind: "login" | "oge" | "ege" | "name" | "other";
            alias: string;
        };
        MergeBody: {
            into: components["schemas"]["Id"];
            dry_run?: boolean;
        };
        MergeReport: {
            sheets: number;
            aggregates: number;
            externals: number;
            findings: number;
            units: number;
            aliases: number;
            dry_run: boolean;
        };
        Procedure: {
            code: components["schemas"]["ProcedureCode"];
            kind: string;
            title: string;
            date?: string;
            max: number;
            items?: components["schemas"]["ProcedureItem"][];
            /** @description Mark → score from which it is given; null: not known */
            cutoffs?: {
                [key: string]: number | null;
            };
            first_mark?: number;
            gaps?: number[];
            aliases?: string[];
            source?: string;
        };
        ProcedureItem: {
            label: string;
            max: number;
            level?: string;
        };
        ProcedureList: {
            items: components["schemas"]["Procedure"][];
            total: components["schemas"]["Total"];
        };
        External: {
            unit: components["schemas"]["Id"];
            unit_code: string;
            unit_name: string;
            list: string;
            year: number;
            source: string;
            procedure: string;
            reason: string;
        };
        ExternalList: {
            items: components["schemas"]["External"][];
            total: components["schemas"]["Total"];
        };
        Finding: {
            unit: components["schemas"]["Id"];
            unit_code: string;
            unit_name: string;
            kind: string;
            year: number;
            procedure: string;
            part: string;
            note: string;
            rows: number;
            facts: (number | null)[];
        };
        FindingList: {
            items: components["schemas"]["Finding"][];
            total: components["schemas"]["Total"];
        };
        PackRule: {
            rule: string;
            params: Record<string, never>;
        };
        Pack: {
            name: string;
            version: string;
            sha256: string;
            /** @description The region put it in place of the built-in one */
            own: boolean;
            signs: number;
            rules: components["schemas"]["PackRule"][];
        };
        PackDetails: {
            pack: components["schemas"]["Pack"];
            title: string;
            rules: {
                rule: string;
                title: string;
                what: string;
                reading: string;
                params: {
                    name: string;
                    value: number;
                    /** @description Before the region set its own */
                    builtin: number | null;
                    /** @description null: it can't be set */
                    min: number | null;
                    max: number | null;
                    whole: boolean;
                }[];
            }[];
            history: {
                version: components["schemas"]["Id"];
                /** @description As the region called it */
                title: string;
                updated: components["schemas"]["Time"];
                by: string;
                removed: boolean;
                rules: components["schemas"]["PackRule"][];
            }[];
        };
        PackList: {
            items: components["schemas"]["Pack"][];
            total: components["schemas"]["Total"];
        };
        PackBody: {
            /** @enum {string} */
            pack: "region";
        };
        PackTry: {
            /** @description Rule without its pack → parameter → value; what is not named stays as it is */
            params?: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            /**
             * @description What the newest run holds under this; the pack itself without it
             * @enum {string}
             */
            against?: "region" | "fioko-2019" | "oko" | "other" | "external" | "evidence";
            unit?: components["schemas"]["Id"];
            procedure?: components["schemas"]["ProcedureCode"];
            year?: number;
            /**
             * @description Which schools are listed; those marked by one of the two only without it
             * @enum {string}
             */
            show?: "differs" | "marked" | "all";
            limit?: number;
            offset?: number;
        };
        PackAgreement: {
            both: number;
            only_tried: number;
            only_against: number;
            neither: number;
            /** @description One of the two could not be computed */
            unknown: number;
            /** @description Agreement beyond chance (Cohen); null where it says nothing */
            kappa: number | null;
        };
        PackTrial: {
            run: components["schemas"]["Id"];
            evidence_run: number | null;
            pack: components["schemas"]["Pack"];
            against: string;
            agreement: components["schemas"]["PackAgreement"];
            rules: {
                rule: string;
                /** @description Schools that it marks */
                tried: number;
                /** @description Schools that it marks in the run */
                held: number;
            }[];
            packs: {
                pack: string;
                computed: number;
                marked: number;
                agreement: components["schemas"]["PackAgreement"];
            }[];
            municipalities: {
                unit: components["schemas"]["Id"];
                code: string;
                name: string;
                agreement: components["schemas"]["PackAgreement"];
            }[];
            items: {
                unit: components["schemas"]["Id"];
                code: string;
                name: string;
                municipality: string;
                /** @description null: could not be computed */
                tried: boolean | null;
                against: boolean | null;
                tried_rules: string[];
                against_rules: string[];
            }[];
            total: components["schemas"]["Total"];
        };
        MapBody: {
            /** @enum {string} */
            type: "FeatureCollection";
            features: Record<string, never>[];
        };
        MapTilesBody: {
            tiles: {
                unit: components["schemas"]["Id"];
                column: number;
                row: number;
            }[];
        };
        MapUnit: {
            unit: components["schemas"]["Id"];
            code: string;
            name: string;
        };
        MapTile: {
            unit: components["schemas"]["Id"];
            code: string;
            name: string;
            column: number;
            row: number;
        };
        RegionMap: {
            /** @description A FeatureCollection; properties: unit (null: of nobody), name */
            shapes: Record<string, never> | null;
            /** @description Which property of the file named the municipalities */
            property: string | null;
            updated: string | null;
            /** @description Municipalities without a shape */
            unmatched_units: components["schemas"]["MapUnit"][];
            /** @description What shapes of no municipality are called */
            unmatched_shapes: string[];
            tiles: components["schemas"]["MapTile"][];
        };
        TableBody: {
            /** @description Becomes the name of the sheet */
            title: string;
            columns: {
                head: string;
                /** @description In letters */
                width?: number;
            }[];
            rows: (string | number | boolean | null)[][];
        };
        Backup: {
            name: string;
            bytes: number;
            created: components["schemas"]["Time"];
        };
        BackupList: {
            items: components["schemas"]["Backup"][];
            total: components["schemas"]["Total"];
        };
        AnalysisBody: {
            /** @enum {string} */
            kind: "analyze" | "evidence";
            seed?: number;
            replicates?: number;
            /** @description Compute again also when there is such a run of these data, and compare every digit */
            recompute?: boolean;
        };
        ReportBody: {
            unit: components["schemas"]["Id"];
            /**
             * @description results (when absent): html, xlsx; roadmap, its table with the state of the unit: html, docx, xlsx; evidence of the roadmap: zip
             * @enum {string}
             */
            kind?: "results" | "roadmap" | "evidence";
            /** @enum {string} */
            format: "html" | "xlsx" | "docx" | "zip";
            /** @enum {string} */
            lang?: "ru" | "en";
            /** @description Of the roadmap */
            code?: string;
            /** @description Row of the roadmap; all when absent */
            no?: number;
            /** @description Evidence of the units below too */
            below?: boolean;
        };
        Report: {
            kind: string;
            format: string;
            code?: string;
            /** @description 0 for all rows */
            no?: number;
            below?: boolean;
            unit: number;
            unit_code?: string;
            unit_name: string;
            job: components["schemas"]["Job"];
        };
        ReportList: {
            items: components["schemas"]["Report"][];
            total: number;
        };
        Job: {
            id: components["schemas"]["Id"];
            kind: string;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed" | "cancelled";
            user: number | null;
            stage: string;
            done: number;
            total: number;
            cancel: boolean;
            attempts: number;
            result: Record<string, never> | null;
            error: Record<string, never> | null;
            created: components["schemas"]["Time"];
            /** Format: date-time */
            started: string | null;
            /** Format: date-time */
            finished: string | null;
        };
        JobList: {
            items: components["schemas"]["Job"][];
            total: components["schemas"]["Total"];
        };
        File: {
            id: components["schemas"]["Id"];
            name: string;
            type: string;
            sha256: string;
            bytes: number;
            unit: number | null;
            created: components["schemas"]["Time"];
            created_by: number | null;
        };
        AuditLine: {
            id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            user: number | null;
            login: string;
            role: string;
            action: string;
            object: string;
            unit: number | null;
            address: string;
            detail: Record<string, never>;
            prev: string;
            hash: string;
        };
        AuditList: {
            items: components["schemas"]["AuditLine"][];
        };
        AuditProof: {
            lines: number;
            /** @description Hash of the last line: kept elsewhere, it proves the end of the log */
            head: string;
        };
        /** @description What was done: action, day, by whom, with what */
        Step: {
            action: string;
            /** Format: date */
            on: string;
            by: number;
            login?: string;
            input?: Record<string, never>;
        };
        /** @description What the action needs (reference/cycle/flows.json, requires); its members become members of the body */
        ActionInput: {
            [key: string]: unknown;
        };
        RecordHead: {
            id: components["schemas"]["Id"];
            kind: string;
            /** @description 0: of the whole register */
            unit: number;
            unit_code?: string;
            unit_name?: string;
            year?: number;
            state: string;
            due?: string;
            overdue?: boolean;
            assignee?: number;
            key?: string;
            title?: string;
            version: number;
            created?: string;
            updated?: string;
            created_by?: number;
            updated_by?: number;
            editable?: boolean;
            actions: string[];
        };
        LinkBody: {
            relation: string;
            /** @enum {string} */
            target: "record" | "file" | "run" | "import" | "unit" | "url";
            id?: components["schemas"]["Id"];
            note?: string;
        };
        Link: {
            id: components["schemas"]["Id"];
            record?: components["schemas"]["Id"];
            relation: string;
            target: string;
            target_id?: number;
            note?: string;
            title?: string;
            created?: string;
            created_by?: number;
            /** @description it points to this record */
            back?: boolean;
        };
        LinkList: {
            items: components["schemas"]["Link"][];
            total: number;
        };
        /** @description Body of a record of kind roadmap */
        RoadmapBody: {
            code?: string;
            first_year?: number;
            last_year?: number;
            copied_from?: string;
            columns?: {
                region?: string;
                municipality?: string;
                school?: string;
            };
            rows?: {
                no: number;
                year: number;
                /** @enum {string} */
                step: "events" | "indicators" | "monitoring" | "analysis" | "recommendations" | "measures" | "other";
                /** Format: date */
                due?: string;
                region?: string;
                municipality?: string;
                school?: string;
            }[];
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Roadmap: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["RoadmapBody"];
        };
        RoadmapList: {
            items: components["schemas"]["Roadmap"][];
            total: number;
        };
        RoadmapDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["RoadmapBody"];
        };
        /** @description Body of a record of kind roadmap-row */
        RoadmapRowBody: {
            roadmap?: string;
            no?: number;
            readonly level?: string;
            responsible?: string;
            plan?: string;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        RoadmapRow: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["RoadmapRowBody"];
        };
        RoadmapRowList: {
            items: components["schemas"]["RoadmapRow"][];
            total: number;
        };
        RoadmapRowDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["RoadmapRowBody"];
        };
        /** @description Body of a record of kind event */
        EventBody: {
            type?: string;
            from?: string;
            until?: string;
            place?: string;
            online?: boolean;
            link?: string;
            audience?: {
                levels?: ("region" | "municipality" | "school")[];
                sign?: string;
                procedure?: string;
                units?: number[];
                text?: string;
            };
            programme?: {
                time?: string;
                title?: string;
                speaker?: string;
            }[];
            speakers?: string[];
            description?: string;
            materials?: string;
            roadmap_row?: string;
            survey?: {
                code: string;
                text: string;
            }[];
            /** Format: date */
            readonly held_on?: string;
            readonly participants?: number;
            readonly invited?: number;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Event: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["EventBody"];
        };
        EventList: {
            items: components["schemas"]["Event"][];
            total: number;
        };
        EventDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["EventBody"];
        };
        /** @description Body of a record of kind registration */
        RegistrationBody: {
            event?: number;
            persons?: number;
            contact?: string;
            note?: string;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Registration: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["RegistrationBody"];
        };
        RegistrationList: {
            items: components["schemas"]["Registration"][];
            total: number;
        };
        RegistrationDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["RegistrationBody"];
        };
        /** @description Body of a record of kind survey-answer */
        SurveyAnswerBody: {
            event: number;
            /** @enum {string} */
            phase: "before" | "after";
            answers: {
                [key: string]: number;
            };
            note?: string;
            readonly steps?: components["schemas"]["Step"][];
        };
        SurveyAnswer: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["SurveyAnswerBody"];
        };
        SurveyAnswerList: {
            items: components["schemas"]["SurveyAnswer"][];
            total: number;
        };
        SurveyAnswerDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["SurveyAnswerBody"];
        };
        /** @description Body of a record of kind indicator */
        IndicatorBody: {
            code?: string;
            /** @enum {string} */
            group?: "control" | "monitoring" | "attitude-school" | "attitude-all";
            name_en?: string;
            formula?: string;
            unit?: string;
            /** @enum {string} */
            direction?: "up" | "down" | "none";
            target?: number | null;
            attention?: number | null;
            levels?: ("region" | "municipality" | "school")[];
            collected?: string[];
            source?: string;
            readonly variables?: string[];
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Indicator: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["IndicatorBody"];
        };
        IndicatorList: {
            items: components["schemas"]["Indicator"][];
            total: number;
        };
        IndicatorDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["IndicatorBody"];
        };
        /** @description Body of a record of kind campaign */
        CampaignBody: {
            year?: number;
            indicators?: string[];
            levels?: ("region" | "municipality" | "school")[];
            procedures?: string[];
            fields?: string[];
            units?: number[];
            /** Format: date */
            starts?: string;
            /** Format: date */
            deadline?: string;
            description?: string;
            readonly forms?: number;
            readonly computed?: Record<string, never>;
            readonly published?: Record<string, never>;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Campaign: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["CampaignBody"];
        };
        CampaignList: {
            items: components["schemas"]["Campaign"][];
            total: number;
        };
        CampaignDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["CampaignBody"];
        };
        /** @description Body of a record of kind form */
        FormBody: {
            readonly campaign?: number;
            readonly level?: string;
            readonly fields?: string[];
            values?: {
                [key: string]: number | boolean | string | null;
            };
            explanation?: string;
            readonly due?: string;
            /** Format: date */
            readonly reminded?: string;
            /** Format: date */
            readonly deadline?: string;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Form: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["FormBody"];
        };
        FormList: {
            items: components["schemas"]["Form"][];
            total: number;
        };
        FormDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["FormBody"];
        };
        FormValues: {
            values?: {
                [key: string]: number | boolean | null;
            };
            explanation?: string;
        };
        /** @description Body of a record of kind note */
        NoteBody: {
            run?: number;
            evidence?: number;
            procedures?: string[];
            text?: string;
            conclusions?: string[];
            answers?: {
                question?: string;
                answer?: string;
            }[];
            about?: string;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Note: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["NoteBody"];
        };
        NoteList: {
            items: components["schemas"]["Note"][];
            total: number;
        };
        NoteDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["NoteBody"];
        };
        /** @description Body of a record of kind case */
        CaseBody: {
            origin?: {
                /** @enum {string} */
                kind: "sign" | "external" | "manual";
                run?: number;
                rule?: string;
                procedure?: string;
                class?: string;
                procedures?: string[];
                method?: string;
                snapshot?: string;
                seed?: number;
                revision?: number;
                n?: number;
                observed?: number | null;
                expected?: number | null;
                effect?: number | null;
                effect_lo?: number | null;
                effect_hi?: number | null;
                p?: number | null;
                log_p?: number | null;
                q?: number | null;
                evidence?: string;
                statistic?: string;
                statement?: string;
                explanations?: string[];
                statement_en?: string;
                explanations_en?: string[];
                family?: string;
                reliability?: string;
                list?: string;
                list_year?: number;
                source?: string;
                reason?: string;
            };
            sign?: string;
            procedure?: string;
            class?: string;
            readonly explanation?: string;
            readonly cause?: string;
            readonly recommendation?: number;
            readonly measures?: number[];
            readonly report?: string;
            /** @enum {string} */
            readonly effect?: "helped" | "not_helped" | "no_data";
            readonly effect_facts?: Record<string, never>;
            /** Format: date */
            readonly due?: string;
            readonly escalated?: boolean;
            /** @enum {string} */
            readonly escalated_to?: "municipality" | "region";
            /** Format: date */
            readonly escalated_on?: string;
            readonly repeats?: number;
            readonly repeated_by?: number;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Case: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["CaseBody"];
        };
        CaseList: {
            items: components["schemas"]["Case"][];
            total: number;
        };
        CaseDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["CaseBody"];
        };
        /** @description Body of a record of kind recommendation */
        RecommendationBody: {
            case?: number;
            cases?: number[];
            sign?: string;
            cause?: string;
            advice?: number[];
            measures?: string[];
            subject?: string;
            text?: string;
            addressee?: string;
            readonly number?: string;
            /** @enum {string} */
            readonly numbered?: "program" | "office";
            /** Format: date */
            readonly date?: string;
            /** Format: date */
            readonly read_on?: string;
            readonly answer?: string;
            /** Format: date */
            readonly due?: string;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Recommendation: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["RecommendationBody"];
        };
        RecommendationList: {
            items: components["schemas"]["Recommendation"][];
            total: number;
        };
        RecommendationDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["RecommendationBody"];
        };
        /** @description Body of a record of kind advice */
        AdviceBody: {
            sign?: string;
            cause?: string;
            text?: string;
            text_en?: string;
            measures?: string[];
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Advice: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["AdviceBody"];
        };
        AdviceList: {
            items: components["schemas"]["Advice"][];
            total: number;
        };
        AdviceDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["AdviceBody"];
        };
        /** @description Body of a record of kind catalogue-measure */
        CatalogueMeasureBody: {
            code?: string;
            /** @enum {string} */
            group?: "procedure" | "verification" | "support" | "management";
            name_en?: string;
            levels?: ("region" | "municipality" | "school")[];
            evidence?: string;
            indicator?: string;
            days?: number;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        CatalogueMeasure: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["CatalogueMeasureBody"];
        };
        CatalogueMeasureList: {
            items: components["schemas"]["CatalogueMeasure"][];
            total: number;
        };
        CatalogueMeasureDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["CatalogueMeasureBody"];
        };
        /** @description Body of a record of kind measure */
        MeasureBody: {
            code?: string;
            case?: number;
            recommendation?: number;
            description?: string;
            owner?: string;
            /** Format: date */
            starts?: string;
            indicator?: string;
            baseline?: number | null;
            readonly baseline_year?: number;
            target?: number | null;
            procedure?: string;
            roadmap_row?: string;
            readonly report?: string;
            /** Format: date */
            readonly done_on?: string;
            readonly effect_facts?: Record<string, never>;
            /** Format: date */
            readonly due?: string;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Measure: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["MeasureBody"];
        };
        MeasureList: {
            items: components["schemas"]["Measure"][];
            total: number;
        };
        MeasureDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["MeasureBody"];
        };
        /** @description Body of a record of kind observation */
        ObservationBody: {
            procedure?: string;
            /** Format: date */
            date?: string;
            begin?: string;
            end?: string;
            grade?: number;
            class?: string;
            /** @enum {string} */
            stage?: "prepare" | "transfer" | "room" | "marking" | "upload";
            room?: string;
            measure?: number;
            readonly protocol?: {
                /** Format: date */
                date?: string;
                begin?: string;
                end?: string;
                independent?: boolean;
                video?: boolean;
                none: boolean;
                remarks?: {
                    number?: number;
                    kind?: string;
                    text: string;
                }[];
            };
            readonly observer?: string;
            readonly import?: number;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Observation: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["ObservationBody"];
        };
        ObservationList: {
            items: components["schemas"]["Observation"][];
            total: number;
        };
        ObservationDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["ObservationBody"];
        };
        /** @description Body of a record of kind recheck */
        RecheckBody: {
            procedure?: string;
            class?: string;
            body?: string;
            works?: number;
            measure?: number;
            readonly checked?: number;
            readonly up?: number;
            readonly down?: number;
            readonly changed?: number;
            readonly share?: number | null;
            readonly share_lo?: number | null;
            readonly share_hi?: number | null;
            readonly all_lo?: number | null;
            readonly all_hi?: number | null;
            readonly p_above_target?: number | null;
            readonly import?: number;
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Recheck: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["RecheckBody"];
        };
        RecheckList: {
            items: components["schemas"]["Recheck"][];
            total: number;
        };
        RecheckDraft: {
            unit?: number;
            year?: number;
            title?: string;
            due?: string;
            assignee?: number;
            body?: components["schemas"]["RecheckBody"];
        };
        Changed: {
            changed: number;
        };
        IndicatorSeed: {
            year: number;
            from?: number;
        };
        IndicatorAction: {
            year: number;
            /** @enum {string} */
            action: "submit" | "approve" | "return" | "retire";
            input?: Record<string, never>;
        };
        FormulaBody: {
            formula: string;
        };
        FormulaCheck: {
            valid: boolean;
            /** @description line:column */
            place?: string;
            /** @description of the faulty piece, in characters from 0 */
            offset?: number;
            length?: number;
            code?: string;
            /** @description what is wrong */
            message: string;
            /** @description what to do */
            todo?: string;
            /** @description names that were perhaps meant */
            alike?: string[];
            variables: string[];
        };
        FormulaTry: {
            formula: string;
            unit: components["schemas"]["Id"];
            year: number;
            /** @enum {string} */
            direction?: "up" | "down" | "none";
            target?: number | null;
            attention?: number | null;
        };
        FormulaValue: {
            value: number | null;
            why?: string;
            why_text?: string;
            standing: components["schemas"]["Standing"];
            standing_text: string;
            explanation: components["schemas"]["TraceLine"][];
            trace: Record<string, never>;
        };
        /**
         * @description a value to its target
         * @enum {string}
         */
        Standing: "reached" | "attention" | "not_reached" | "no_target" | "no_data";
        TraceLine: {
            depth: number;
            text: string;
        };
        IndicatorCompute: {
            year: number;
            campaign?: components["schemas"]["Id"];
        };
        VariableList: {
            items: components["schemas"]["Variable"][];
            functions: components["schemas"]["FormulaFunction"][];
        };
        Variable: {
            code: string;
            ru: string;
            en: string;
            levels: components["schemas"]["Level"][];
            source: string;
            /** @description it counts pupils: few of them are hidden when published */
            pupils?: boolean;
        };
        FormulaFunction: {
            code: string;
            call: string;
            ru: string;
            en: string;
        };
        IndicatorValue: {
            id: components["schemas"]["Id"];
            code: string;
            title?: string;
            year: number;
            unit: number;
            campaign?: number;
            value: number | null;
            why: string;
            why_text?: string;
            suppressed?: boolean;
            /** @description pupils behind it; -1: not about pupils, or hidden */
            n?: number;
            run?: number;
            evidence?: number;
            revision?: number;
            computed?: string;
            standing: components["schemas"]["Standing"];
            standing_text?: string;
            unit_code?: string;
            unit_name?: string;
            level?: string;
            trace?: Record<string, never>;
            /** @description how the number came about, line by line */
            explanation?: components["schemas"]["TraceLine"][];
        };
        PublishedValue: {
            code: string;
            title?: string;
            group?: string;
            unit_code?: string;
            unit_name?: string;
            level?: string;
            level_text?: string;
            why: string;
            why_text?: string;
            measure?: string;
            standing?: string;
            standing_text?: string;
            id: number;
            unit: number;
            year: number;
            value: number | null;
            n?: number | null;
            target?: number | null;
            suppressed: boolean;
        };
        PublishedValueList: {
            items: components["schemas"]["PublishedValue"][];
            total: components["schemas"]["Total"];
        };
        IndicatorValueList: {
            items: components["schemas"]["IndicatorValue"][];
            total: components["schemas"]["Total"];
        };
        IndicatorValueTable: {
            columns: components["schemas"]["IndicatorColumn"][];
            items: components["schemas"]["IndicatorValueRow"][];
            total: components["schemas"]["Total"];
        };
        IndicatorColumn: {
            indicator: components["schemas"]["Id"];
            code: string;
            title: string;
            group: string | null;
            measure: string | null;
            direction: string | null;
            target: number | null;
            attention: number | null;
        };
        IndicatorCell: {
            id: components["schemas"]["Id"];
            value: number | null;
            /** @description pupils behind it; null: not about pupils */
            n: number | null;
            standing: components["schemas"]["Standing"];
            standing_text: string;
            why_text: string;
        };
        IndicatorValueRow: {
            unit: components["schemas"]["Id"];
            unit_code: string;
            unit_name: string;
            parent_name: string;
            /** @description by code of the indicator */
            values: {
                [key: string]: components["schemas"]["IndicatorCell"];
            };
        };
        CampaignBoard: {
            campaign: components["schemas"]["Id"];
            total: number;
            overdue?: number;
            /** @description drafts without any value */
            untouched?: number;
            states: {
                [key: string]: number;
            };
            units: {
                unit: components["schemas"]["Id"];
                level?: string;
                code?: string;
                name?: string;
                total: number;
                overdue?: number;
                /** @description drafts without any value */
                untouched?: number;
                states: {
                    [key: string]: number;
                };
            }[];
        };
        CampaignForm: {
            form: components["schemas"]["Id"];
            version: number;
            unit: components["schemas"]["Id"];
            unit_code: string;
            unit_name: string;
            parent_name: string;
            level: string;
            /** @enum {string} */
            stage: "untouched" | "filling" | "submitted" | "verified" | "accepted" | "returned";
            late: boolean;
            /** @description fields with a value */
            filled: number;
            fields: string[];
            values: Record<string, never>;
            due: string;
            reminded?: string;
            updated?: string;
            actions: string[];
            /** @description the caller may set its values now */
            fillable: boolean;
        };
        CampaignFormList: {
            items: components["schemas"]["CampaignForm"][];
            total: components["schemas"]["Total"];
        };
        /**
         * @description untouched and filling: drafts without and with a value; late: not handed in by the deadline
         * @enum {string}
         */
        FormStage: "untouched" | "filling" | "submitted" | "verified" | "accepted" | "returned" | "late";
        LateForms: {
            items: {
                form: components["schemas"]["Id"];
                unit: components["schemas"]["Id"];
                code?: string;
                name?: string;
                state?: string;
                reminded?: string;
                /** @description words of a reminder */
                text?: string;
                due: string;
            }[];
            total: components["schemas"]["Total"];
        };
        FormRows: {
            rows: {
                unit: components["schemas"]["Id"];
                /** @description what others changed since then is not overwritten */
                version?: number;
                values: {
                    [key: string]: number | boolean | null;
                };
            }[];
            /** @description only look whether it can be done */
            check?: boolean;
        };
        CaseSignals: {
            year?: number;
            unit?: number;
            evidence?: number;
            /** @enum {string} */
            threshold?: "attention" | "signs" | "strong";
            pack?: string;
            signs?: boolean;
            lists?: boolean;
            /** @description Keys of a preview: these alone */
            keys?: string[];
            preview?: boolean;
        };
        CaseSignalsReport: {
            evidence?: number;
            run?: number;
            preview?: boolean;
            made: number;
            existing: number;
            repeats: number;
            items: {
                unit: components["schemas"]["Id"];
                code: string;
                sign: string;
                /** @enum {string} */
                state: "new" | "existing";
                case?: number | null;
            }[];
        };
        CaseCard: {
            id: components["schemas"]["Id"];
            title: string;
            unit: number;
            unit_code: string;
            unit_name: string;
            /** @description the unit above */
            parent: number;
            sign: string;
            procedure: string;
            year: number;
            state: string;
            due: string;
            overdue: boolean;
            escalated: boolean;
            version: number;
        };
        CasePage: {
            case: components["schemas"]["Case"];
            links: components["schemas"]["Link"][];
            letters: components["schemas"]["Recommendation"][];
            measures: components["schemas"]["Measure"][];
            similar: components["schemas"]["SimilarCase"][];
            advice: components["schemas"]["CaseAdvice"];
            earlier: components["schemas"]["Case"] | null;
            later: components["schemas"]["Case"] | null;
        };
        SimilarCase: {
            sign: string;
            cause: string;
            year: number;
            state: string;
            same_cause: boolean;
            same_type?: boolean;
            effect: string | null;
            case?: number;
            unit?: number;
            code?: string;
            name?: string;
            measures: {
                code: string;
                title: string;
                state: string;
                effect: string | null;
            }[];
        };
        ManyActions: {
            action: string;
            items: {
                id: components["schemas"]["Id"];
                version: number;
            }[];
            input?: components["schemas"]["ActionInput"];
        };
        ManyAnswer: {
            changed: number;
            problems: {
                row: number;
                id: number;
                field?: string;
                problem: string;
                message: string;
            }[];
        };
        /** @description Body of a record of kind template */
        TemplateBody: {
            file?: number;
            bytes?: number;
            /** @description Names between {{ and }} */
            places?: string[];
            readonly steps?: components["schemas"]["Step"][];
            readonly reason?: string;
            readonly comment?: string;
            readonly summary?: string;
        };
        Template: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["TemplateBody"];
        };
        TemplateList: {
            items: components["schemas"]["Template"][];
            total: number;
        };
        CaseBoard: {
            total: number;
            overdue: number;
            escalated: number;
            states: {
                [key: string]: number;
            };
            signs: {
                [key: string]: number;
            };
            units: {
                unit: components["schemas"]["Id"];
                total: number;
                open: number;
                overdue: number;
            }[];
            columns: {
                [key: string]: components["schemas"]["CaseCard"][];
            };
            /** @description Whose turn it is, by state */
            waits: {
                [key: string]: string[];
            };
        };
        SimilarCases: {
            items: components["schemas"]["SimilarCase"][];
            total: number;
        };
        CaseAdvice: {
            sign?: string;
            cause?: string;
            advice: {
                id: number;
                sign: string;
                cause: string;
                text: string;
                measures: string[];
                exact: boolean;
            }[];
            text: string;
            measures: string[];
        };
        CycleList: {
            version?: string;
        };
        LetterModel: {
            number: string;
            date: string;
            addressee: string;
            subject: string;
            text: string;
            unit?: string;
            deadline?: string;
            sender?: string;
            signer?: string;
            state?: string;
            template?: {
                id?: number;
                title?: string;
            } | null;
            /** @description Places without words yet */
            unfilled: {
                place: string;
                /** @enum {string} */
                why: "unknown" | "approved" | "sent" | "empty";
            }[];
            cases: Record<string, never>[];
            measures: Record<string, never>[];
        };
        MeasureOverview: {
            total: number;
            overdue: number;
            states: {
                [key: string]: number;
            };
            codes: {
                code: string;
                total: number;
                accepted: number;
                overdue: number;
            }[];
            units: {
                unit: number;
                total: number;
                accepted: number;
                overdue: number;
            }[];
        };
        VisitList: {
            items: {
                observation: number;
                observer: number;
                login: string;
                observer_name: string;
                /**
                 * @description where the observer is at home
                 * @enum {string}
                 */
                conflict: "" | "school" | "municipality";
                unit: number;
                code: string;
                name: string;
                date: string;
                begin: string;
                end: string;
                procedure: string;
                stage: string;
                state: string;
            }[];
            total: number;
        };
        EffectYear: {
            year: number;
        };
        /** @description One comparison: numbers that can't be computed are null */
        EffectFacts: {
            /** @enum {string} */
            verdict: "helped" | "not_helped" | "no_data";
            why?: string;
            controls?: string;
            n_treated?: number;
            n_controls?: number;
            n_left_out?: number;
            before?: number | null;
            after?: number | null;
            controls_before?: number | null;
            controls_after?: number | null;
            by_itself?: number | null;
            effect?: number | null;
            effect_lo?: number | null;
            effect_hi?: number | null;
            p?: number | null;
            did?: number | null;
            did_lo?: number | null;
            did_hi?: number | null;
            useful?: number | null;
            better?: number;
            words: string;
            /** @description the same in English; absent in what older versions kept */
            words_en?: string;
            code?: string;
            indicator?: string;
            level?: string;
            region?: string;
            measure?: number;
            unit?: number;
            unit_code?: string;
            unit_name?: string;
            year?: number;
        };
        EffectReport: {
            method: string;
            year: number;
            next?: number;
            evidence?: number;
            run?: {
                id?: number;
                method?: string;
                snapshot?: string;
                seed?: number;
                created?: string;
                result_hash?: string;
            } | null;
            /** @description hash of the measures and values that were compared */
            inputs: string;
            /** @description hash of what the report says */
            sha256: string;
            /** @description record that keeps it */
            kept?: number | null;
            preview?: boolean;
            types: components["schemas"]["EffectFacts"][];
            measures: components["schemas"]["EffectFacts"][];
            cases: {
                case: number;
                unit: number;
                unit_code: string;
                unit_name: string;
                verdict: string;
                words: string;
                /** @description the same in English; absent in what older versions kept */
                words_en?: string;
                by?: string;
            }[];
            counts: {
                [key: string]: number;
            };
        };
        /** @description Body of a record of kind effect-report */
        EffectReportBody: {
            method: string;
            next: number;
            inputs: string;
            sha256: string;
            run?: {
                id?: number;
                method?: string;
                snapshot?: string;
                seed?: number;
                created?: string;
                result_hash?: string;
            } | null;
            counts: {
                [key: string]: number;
            };
            report?: components["schemas"]["EffectReport"];
        };
        KeptEffect: components["schemas"]["RecordHead"] & {
            body: components["schemas"]["EffectReportBody"];
        };
        KeptEffectList: {
            items: components["schemas"]["KeptEffect"][];
            total: number;
        };
        FieldList: {
            items: components["schemas"]["FormField"][];
        };
        FormField: {
            code: string;
            ru: string;
            en: string;
            /** @description what counts */
            about_ru: string;
            about_en: string;
            unit_ru?: string;
            unit_en?: string;
            /** @enum {string} */
            type: "count" | "yesno";
            level: components["schemas"]["Level"];
            /** @description the field of which it is a part */
            of?: string;
        };
        RoadmapCopy: {
            code: string;
            to?: string;
            first_year: number;
        };
        /** @description Counted from what was really done; share null when there is nothing to count */
        RowProgress: {
            done: number;
            of: number;
            share?: number | null;
            complete: boolean;
            counts?: {
                [key: string]: number | boolean;
            };
        } | null;
        RowBelow: {
            units: number;
            states: {
                [key: string]: number;
            };
            started: number;
            complete: number;
        };
        RoadmapTable: {
            code: string;
            title: string;
            state: string;
            first_year?: number;
            last_year?: number;
            columns?: {
                region?: string;
                municipality?: string;
                school?: string;
            };
            unit: components["schemas"]["UnitName"];
            rows: {
                no: number;
                year: number;
                step: string;
                texts: {
                    region?: string;
                    municipality?: string;
                    school?: string;
                };
                planned: boolean;
                /** @description Of the record; 0 before somebody worked on it */
                id: number;
                version: number;
                state: string;
                due: string;
                overdue: boolean;
                responsible?: string;
                plan?: string;
                summary?: string;
                evidence: {
                    target: string;
                    id: number;
                    note: string;
                }[];
                progress: components["schemas"]["RowProgress"];
                below: {
                    [key: string]: components["schemas"]["RowBelow"];
                };
            }[];
        };
        UnitName: {
            id: components["schemas"]["Id"];
            code: string;
            name: string;
            level: string;
        };
        RoadmapUnits: {
            items: {
                unit: components["schemas"]["UnitName"];
                /** @description Of the record; 0 before somebody worked on it */
                id: number;
                version?: number;
                state: string;
                due?: string;
                overdue?: boolean;
                responsible?: string;
                summary?: string;
                evidence: number;
            }[];
            total: number;
        };
        EvidenceItem: {
            target: string;
            id: number;
            kind?: string;
            title: string;
            date: string;
            state?: string;
            note?: string;
            type?: string;
            bytes?: number;
            /** @description Of an event; null below 10 */
            participants?: number | null;
            few?: boolean;
        };
        RoadmapEvidence: {
            code: string;
            title: string;
            unit: components["schemas"]["UnitName"];
            below?: boolean;
            total: number;
            /** @description At most 5000 */
            shown: number;
            rows: {
                no: number;
                year: number;
                text?: string;
                units: {
                    unit: components["schemas"]["UnitName"];
                    state: string;
                    due?: string;
                    responsible?: string;
                    summary?: string;
                    items: components["schemas"]["EvidenceItem"][];
                }[];
            }[];
        };
        RecordKind: {
            id: components["schemas"]["Id"];
            kind: string;
            title: string;
        };
        RecordsFound: {
            items: {
                id: components["schemas"]["Id"];
                kind: string;
                title: string;
                state: string;
                unit?: number;
                unit_code?: string;
                unit_name?: string;
                year?: number;
                date: string;
            }[];
            total: number;
        };
        AttendanceRows: {
            rows: {
                unit: components["schemas"]["Id"];
                attended: boolean;
                persons?: number;
            }[];
        };
        SurveySide: {
            hidden?: boolean;
            n?: number;
            mean?: number | null;
            /** @description Share of the answers 4 and 5 */
            good?: number | null;
        };
        SurveyResults: {
            event: components["schemas"]["Id"];
            published?: boolean;
            questions: {
                code: string;
                text: string;
                before: components["schemas"]["SurveySide"];
                after: components["schemas"]["SurveySide"];
                /** @description Difference of the means, 95 % interval (Welch) */
                change?: {
                    value?: number;
                    lo?: number;
                    hi?: number;
                } | null;
            }[];
        };
        CalendarAddress: {
            secret: string;
            path: string;
            expires: string;
        };
        Task: {
            code: string;
            text?: string;
            kind: string;
            id: components["schemas"]["Id"];
            unit?: number;
            unit_code?: string;
            unit_name?: string;
            title?: string;
            state: string;
            due?: string;
            overdue: boolean;
            action: string;
            version?: number;
            /** @description Code of the roadmap of a row without a record */
            roadmap?: string;
            row?: number;
        };
        Tasks: {
            items: components["schemas"]["Task"][];
            groups: {
                code: string;
                text?: string;
                total: number;
                shown?: number;
            }[];
            overdue?: number;
            total: components["schemas"]["Total"];
            checklist: {
                code: string;
                text?: string;
                why?: string;
                done: boolean;
            }[];
        };
        Questions: {
            unit?: number;
            run?: number;
            families: string[];
            questions: {
                family: string;
                ru: string;
                en: string;
            }[];
        };
        /** @description p by family */
        OwnFamilies: {
            level: number | null;
            threshold: number | null;
            roster: number | null;
            pattern: number | null;
            time: number | null;
        };
        OwnClass: {
            /** @description As files write it */
            class: string;
            /** @description As sheets have it; empty: works without a class */
            key: string;
            /** @description Year in which these pupils were in the first class; 0: not known */
            cohort: number;
            hidden: boolean;
            n?: number;
            evidence?: components["schemas"]["Evidence"];
            families?: components["schemas"]["OwnFamilies"];
        };
        /** @description Where the school stands among similar ones, in whole % of the maximum */
        OwnBand: {
            /** @description Why there is none */
            why?: string;
            /** @description Similar schools */
            n?: number;
            percentiles?: {
                p10: number;
                p25: number;
                p50: number;
                p75: number;
                p90: number;
            };
            /** @enum {string} */
            position?: "below_p10" | "p10_p25" | "p25_p50" | "p50_p75" | "p75_p90" | "above_p90";
            similar?: {
                type: string;
                place: string;
                cluster: string;
                works: number[];
            };
        };
        /** @description Value, and its 95 % interval */
        OwnEffect: (number | null)[] | null;
        /** @description Of a school; larger units have counts of schools instead */
        OwnProcedure: {
            procedure: string;
            title: string;
            year: number;
            hidden?: boolean;
            n?: number;
            mean?: number | null;
            expected?: number | null;
            percent?: number | null;
            evidence?: components["schemas"]["Evidence"] | {
                [key: string]: number;
            };
            reliability?: string;
            family?: string;
            p?: number | null;
            q?: number | null;
            families?: Record<string, never>;
            effects?: {
                marks: components["schemas"]["OwnEffect"];
                lifted: components["schemas"]["OwnEffect"];
                absent: components["schemas"]["OwnEffect"];
            };
            sentences?: string[];
            reasons?: string[];
            classes?: components["schemas"]["OwnClass"][];
            band?: components["schemas"]["OwnBand"];
        };
        /** @description What a rule says */
        OwnSign: {
            procedure: string;
            title?: string;
            rule: string;
            name?: string;
            year?: number;
            marked: boolean;
            official?: boolean;
            hidden?: boolean;
            n?: number;
            observed?: number | null;
            expected?: number | null;
            effect?: number | null;
            q?: number | null;
        };
        AnalysisView: {
            unit: {
                id: components["schemas"]["Id"];
                code: string;
                name: string;
                level: string;
            };
            published?: boolean;
            /** @description 0: none yet */
            run: number;
            /** @description 0: none yet */
            evidence_run: number;
            years: {
                year: number;
                procedures?: number;
                works?: number;
                percent?: number | null;
                signs?: number;
                evidence?: {
                    [key: string]: number;
                };
            }[];
            signs: components["schemas"]["OwnSign"][];
            procedures: components["schemas"]["OwnProcedure"][];
        };
    };
    responses: {
        /** @description What went wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        Year: number;
        /** @description The unit and what lies below it */
        UnitFilter: components["schemas"]["Id"];
        /** @description One or several states with commas between */
        StateFilter: string;
        AssigneeFilter: components["schemas"]["Id"];
        DueUntil: string;
        /** @description Records of units of this level; those of no unit are the region's */
        UnitLevel: components["schemas"]["Level"];
        /** @description Deadline before today and not finished */
        Overdue: boolean;
        /** @description Part of the title */
        Search: string;
        /** @description A top-level member of the body that equals `value` */
        BodyFilter: string;
        BodyValue: string;
        /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
        RecordSort: "id" | "-id" | "updated" | "-updated" | "due" | "-due" | "state" | "-state" | "title" | "-title" | "unit" | "-unit" | "year" | "-year";
        /** @description Items of a page */
        Limit: number;
        /** @description Items before the page */
        Offset: number;
        /** @description Member, with "-" in front for the reverse */
        Sort: "id" | "-id" | "updated" | "-updated" | "due" | "-due" | "state" | "-state" | "title" | "-title" | "unit" | "-unit" | "year" | "-year";
        /** @description ETag of what is changed, as it was read */
        IfMatch: string;
        /** @description The same key with the same body gives the first answer again */
        IdempotencyKey: string;
        /** @example 1 */
        UnitId: components["schemas"]["Id"];
        /** @example 1 */
        UserId: components["schemas"]["Id"];
        /** @example 1 */
        TokenId: components["schemas"]["Id"];
        /** @example 1 */
        JobId: components["schemas"]["Id"];
        /** @example 1 */
        ImportId: components["schemas"]["Id"];
        /** @example 1 */
        FileId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "contract.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "health.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It works */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "metrics.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text format 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "operator",
                 *       "password": "a long password"
                 *     }
                 */
                "application/json": components["schemas"]["SessionBody"];
            };
        };
        responses: {
            /** @description Signed in; Set-Cookie holds the session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "me.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "me.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lang": "ru"
                 *     }
                 */
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "me.password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current": "a wrong password",
                 *       "password": "another long password"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "tokens.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tokens.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "nightly export",
                 *       "scope": "read",
                 *       "days": 30
                 *     }
                 */
                "application/json": components["schemas"]["TokenBody"];
            };
        };
        responses: {
            /** @description The token with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tokens.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["TokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "invitations.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": "00000000000000000000000000000000",
                 *       "password": "a long password"
                 *     }
                 */
                "application/json": components["schemas"]["InvitationAnswer"];
            };
        };
        responses: {
            /** @description The password is set; sign in with it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "invitations.look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": "00000000000000000000000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["InvitationLook"];
            };
        };
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "setup.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is there nobody yet, is it a demonstration, how the office is called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "setup.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "XXXX-XXXX-XXXX-XXXX",
                 *       "lang": "ru",
                 *       "region": {
                 *         "code": "00",
                 *         "name": "Край"
                 *       },
                 *       "admin": {
                 *         "login": "chief",
                 *         "name": "Администратор",
                 *         "password": "a long password"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SetupBody"];
            };
        };
        responses: {
            /** @description Set up; sign in now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupDone"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "settings.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "settings.put": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "organisation": "Центр оценки качества образования",
                 *       "lang": "ru",
                 *       "published_min": 10
                 *     }
                 */
                "application/json": components["schemas"]["SettingsBody"];
            };
        };
        responses: {
            /** @description As they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "settings.history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsHistory"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "demo.reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": false
                 *     }
                 */
                "application/json": components["schemas"]["DemoReset"];
            };
        };
        responses: {
            /** @description As it was made */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.list": {
        parameters: {
            query?: {
                role?: components["schemas"]["Role"];
                state?: components["schemas"]["UserState"];
                unit?: components["schemas"]["Id"];
                search?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By login */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "school-1",
                 *       "name": "Школа 1",
                 *       "role": "school",
                 *       "unit": 1
                 *     }
                 */
                "application/json": components["schemas"]["UserBody"];
            };
        };
        responses: {
            /** @description The person with the secret of the invitation, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Школа № 1"
                 *     }
                 */
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.invite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The secret, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.import": {
        parameters: {
            query?: {
                /** @example people.xlsx */
                name?: string;
                /** @description Only tell what would be */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            /** @description Who was made, and what is wrong with the other rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.inviteAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         987654
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["InviteAllBody"];
            };
        };
        responses: {
            /** @description The secrets, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Guests"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "users.unlock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.list": {
        parameters: {
            query?: {
                level?: components["schemas"]["Level"];
                parent?: components["schemas"]["Id"];
                search?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By level and code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "level": "school",
                 *       "code": "sch-new",
                 *       "name": "Новая школа"
                 *     }
                 */
                "application/json": components["schemas"]["UnitBody"];
            };
        };
        responses: {
            /** @description The unit */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.unmatched": {
        parameters: {
            query?: {
                /** @description Made by this import */
                import?: components["schemas"]["Id"];
                search?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By municipality and name; the likest candidate first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnmatchedList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "units": [
                 *         987654
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmBody"];
            };
        };
        responses: {
            /** @description How many were confirmed now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Units without a parent in sight, each with what lies below it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitTree"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Школа № 1",
                 *       "confirmed": true
                 *     }
                 */
                "application/json": components["schemas"]["UnitChange"];
            };
        };
        responses: {
            /** @description The unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.list": {
        parameters: {
            query?: {
                /** @description Only files and their undoing, not what records of the cycle brought */
                files?: boolean;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.create": {
        parameters: {
            query?: {
                /** @example results.xlsx */
                name?: string;
                procedure?: string;
                list?: string;
                /** @description A list of the reference stratum, whatever its head says */
                reference?: boolean;
                school?: string;
                region?: string;
                dry_run?: boolean;
                add_classes?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            /** @description The job that reads it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.problems": {
        parameters: {
            query?: {
                severity?: "note" | "repaired" | "rejected";
                reason?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemPlaceList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.problems_file": {
        parameters: {
            query?: {
                format?: "xlsx" | "csv";
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.rows": {
        parameters: {
            query?: {
                /** @description Rows with a problem of this severity */
                severity?: "note" | "repaired" | "rejected";
                /** @description Rows with a problem of this reason */
                reason?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemRowList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.correct": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @example 1 */
                id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "corrections": [
                 *         {
                 *           "sheet": "",
                 *           "row": 3,
                 *           "col": 7,
                 *           "value": "5"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CorrectionsBody"];
            };
        };
        responses: {
            /** @description The job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "imports.undo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dry_run": true
                 *     }
                 */
                "application/json": components["schemas"]["UndoBody"];
            };
        };
        responses: {
            /** @description What was taken back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "analyses.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "analyze",
                 *       "seed": 1
                 *     }
                 */
                "application/json": components["schemas"]["AnalysisBody"];
            };
        };
        responses: {
            /** @description The job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "reports.list": {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "reports.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "unit": 1,
                 *       "format": "html"
                 *     }
                 */
                "application/json": components["schemas"]["ReportBody"];
            };
        };
        responses: {
            /** @description The job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "jobs.list": {
        parameters: {
            query?: {
                kind?: "import" | "analyze" | "evidence" | "report" | "indicators" | "backup";
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "jobs.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "jobs.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "jobs.events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.list": {
        parameters: {
            query?: {
                kind?: "analyze" | "evidence";
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.compare": {
        parameters: {
            query: {
                a: components["schemas"]["Id"];
                b: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both and the members that differ */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunComparison"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.signs": {
        parameters: {
            query?: {
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                procedure?: components["schemas"]["ProcedureCode"];
                year?: components["parameters"]["Year"];
                level?: components["schemas"]["Level"];
                /** @description Rows where this family has p under .05 */
                family?: components["schemas"]["Family"];
                /** @description At least this level */
                evidence?: components["schemas"]["Evidence"];
                /** @description Only rows that the rule marks */
                marked?: boolean;
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
                /** @description Strongest first without it; a minus turns the order, rows without a value stay last */
                sort?: "evidence" | "-evidence" | "p" | "-p" | "q" | "-q" | "effect" | "-effect" | "n" | "-n" | "procedure" | "-procedure" | "unit" | "-unit";
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.signsFile": {
        parameters: {
            query?: {
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                procedure?: components["schemas"]["ProcedureCode"];
                year?: components["parameters"]["Year"];
                level?: components["schemas"]["Level"];
                /** @description Rows where this family has p under .05 */
                family?: components["schemas"]["Family"];
                /** @description At least this level */
                evidence?: components["schemas"]["Evidence"];
                /** @description Only rows that the rule marks */
                marked?: boolean;
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
                /** @description Strongest first without it; a minus turns the order, rows without a value stay last */
                sort?: "evidence" | "-evidence" | "p" | "-p" | "q" | "-q" | "effect" | "-effect" | "n" | "-n" | "procedure" | "-procedure" | "unit" | "-unit";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.schools": {
        parameters: {
            query?: {
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                procedure?: components["schemas"]["ProcedureCode"];
                year?: components["parameters"]["Year"];
                /** @description Speaks in a procedure with attention or more */
                family?: components["schemas"]["Family"];
                /** @description At least this level in a procedure */
                evidence?: components["schemas"]["Evidence"];
                /** @description Part of code or name */
                search?: string;
                /** @description By code without it */
                sort?: "code" | "-code" | "name" | "-name" | "works" | "-works" | "evidence" | "-evidence";
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signs.explain": {
        parameters: {
            query: {
                unit: components["schemas"]["Id"];
                /** @example 2021-05-MA */
                procedure: components["schemas"]["ProcedureCode"];
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sentences, facts and all numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignExplanation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signs.picture": {
        parameters: {
            query: {
                unit: components["schemas"]["Id"];
                /** @example 2021-05-MA */
                procedure: components["schemas"]["ProcedureCode"];
                /**
                 * @description As an explanation names it: level, bunching, pairs, …
                 * @example level
                 */
                statistic: string;
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Only the list of its kind is filled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Picture"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "results.how": {
        parameters: {
            query: {
                unit: components["schemas"]["Id"];
                /**
                 * @description Or a year, for results over several
                 * @example 2021-05-MA
                 */
                procedure: string;
                /** @description pack/rule; the families of evidence without it */
                rule?: string;
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Words, numbers, and where they are from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HowMade"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "runs.results": {
        parameters: {
            query?: {
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                procedure?: components["schemas"]["ProcedureCode"];
                year?: components["parameters"]["Year"];
                level?: components["schemas"]["Level"];
                rule?: string;
                pack?: string;
                /** @description Only rows that the rule marks */
                marked?: boolean;
                /** @description Strongest first without it; a minus turns the order, rows without a value stay last */
                sort?: "evidence" | "-evidence" | "p" | "-p" | "q" | "-q" | "effect" | "-effect" | "n" | "-n" | "procedure" | "-procedure" | "unit" | "-unit";
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.page": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The unit, its place, and its procedures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.pairs": {
        parameters: {
            query: {
                /** @example 2021-05-MA */
                procedure: components["schemas"]["ProcedureCode"];
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pairs, least likely first, and groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.distribution": {
        parameters: {
            query: {
                /** @example 2021-05-MA */
                procedure: components["schemas"]["ProcedureCode"];
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Scores, marks, items */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Distribution"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.overview": {
        parameters: {
            query?: {
                procedure?: components["schemas"]["ProcedureCode"];
                year?: components["parameters"]["Year"];
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts of schools, works lifted, by municipality and by year */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitOverview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.cutoffs": {
        parameters: {
            query: {
                /** @example 2021-05-MA */
                procedure: components["schemas"]["ProcedureCode"];
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Observed and expected works by score, works lifted by cut-off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitCutoffs"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.inflation": {
        parameters: {
            query?: {
                /** @description Of these methods; the newest one without it */
                run?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sentences and numbers; nothing for a unit that is no region */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitInflation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.items": {
        parameters: {
            query: {
                /** @example 2021-05-MA */
                procedure: components["schemas"]["ProcedureCode"];
                /** @description Label as sheets have it (class_key); empty: works without one */
                class?: string;
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shares by scope, expected share, curve by total, variants */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemProfile"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.aliases": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.alias": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "other",
                 *       "alias": "school-77"
                 *     }
                 */
                "application/json": components["schemas"]["AliasBody"];
            };
        };
        responses: {
            /** @description All of the unit */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.unalias": {
        parameters: {
            query: {
                /** @example other */
                kind: "login" | "oge" | "ege" | "name" | "other";
                /** @example school-77 */
                alias: string;
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is left */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitHistory"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "units.merge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "into": 987654,
                 *       "dry_run": true
                 *     }
                 */
                "application/json": components["schemas"]["MergeBody"];
            };
        };
        responses: {
            /** @description What moved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedures.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                kind?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedures.overview": {
        parameters: {
            query?: {
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
                year?: components["parameters"]["Year"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By code, all of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureOverview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedures.coverage": {
        parameters: {
            query?: {
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                /** @example 2021-05-MA */
                code: components["schemas"]["ProcedureCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The unit and a page of its parts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureCoverage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedures.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 2021-05-MA */
                code: components["schemas"]["ProcedureCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As in a file of procedures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedures.put": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is changed; not for a new one */
                "If-Match"?: string;
            };
            path: {
                /** @example 2021-05-MA */
                code: components["schemas"]["ProcedureCode"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "2021-05-MA",
                 *       "kind": "vpr",
                 *       "title": "Математика",
                 *       "max": 20,
                 *       "cutoffs": {
                 *         "3": 7,
                 *         "4": 11,
                 *         "5": 15
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Procedure"];
            };
        };
        responses: {
            /** @description The new version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "externals.list": {
        parameters: {
            query?: {
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                year?: components["parameters"]["Year"];
                list?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExternalList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "findings.list": {
        parameters: {
            query?: {
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                year?: components["parameters"]["Year"];
                kind?: "recheck" | "observation" | "medals" | "reference";
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "packs.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "packs.details": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example region */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pack */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackDetails"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "packs.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example region */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pack */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pack"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "packs.put": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example region */
                name: "region";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pack": "region"
                 *     }
                 */
                "application/json": components["schemas"]["PackBody"];
            };
        };
        responses: {
            /** @description As it is used now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pack"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "packs.try": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example region */
                name: "region" | "oko";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "params": {
                 *         "lowered": {
                 *           "high": 35
                 *         }
                 *       },
                 *       "against": "fioko-2019"
                 *     }
                 */
                "application/json": components["schemas"]["PackTry"];
            };
        };
        responses: {
            /** @description Schools marked by the tried pack beside those of another */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackTrial"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionMap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.put": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "FeatureCollection",
                 *       "features": [
                 *         {
                 *           "type": "Feature",
                 *           "properties": {
                 *             "code": "mun0"
                 *           },
                 *           "geometry": {
                 *             "type": "Polygon",
                 *             "coordinates": [
                 *               [
                 *                 [
                 *                   40,
                 *                   50
                 *                 ],
                 *                 [
                 *                   41,
                 *                   50
                 *                 ],
                 *                 [
                 *                   41,
                 *                   51
                 *                 ],
                 *                 [
                 *                   40,
                 *                   50
                 *                 ]
                 *               ]
                 *             ]
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["MapBody"];
            };
        };
        responses: {
            /** @description The map as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionMap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionMap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tiles": []
                 *     }
                 */
                "application/json": components["schemas"]["MapTilesBody"];
            };
        };
        responses: {
            /** @description The map as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionMap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tables.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Marks",
                 *       "columns": [
                 *         {
                 *           "head": "Mark"
                 *         },
                 *         {
                 *           "head": "Works"
                 *         }
                 *       ],
                 *       "rows": [
                 *         [
                 *           "3",
                 *           40
                 *         ],
                 *         [
                 *           "4",
                 *           null
                 *         ]
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["TableBody"];
            };
        };
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "backups.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "backups.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "backups.content": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example oko-20200101-000000.db */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A database */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "files.create": {
        parameters: {
            query?: {
                /** @example protocol.pdf */
                name?: string;
                unit?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            /** @description What was kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "files.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "files.content": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1 */
                id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "search.find": {
        parameters: {
            query: {
                /** @example школа */
                q: string;
                /** @description Of each kind */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kinds that have something */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                user?: components["schemas"]["Id"];
                unit?: components["schemas"]["Id"];
                /** @description prefix */
                action?: string;
                object?: string;
                from?: string;
                until?: string;
                /** @description lines below this number */
                before?: components["schemas"]["Id"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain holds up to this line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditProof"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Дорожная карта",
                 *       "year": 2026,
                 *       "body": {
                 *         "code": "2026-2028"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RoadmapDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roadmap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roadmap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["RoadmapDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roadmap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example activate */
                action: "activate" | "archive";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roadmap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapRowList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026,
                 *       "body": {
                 *         "roadmap": "2020-2022",
                 *         "no": 1
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RoadmapRowDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapRow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapRow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["RoadmapRowDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapRow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example start */
                action: "complete" | "reopen" | "set-aside" | "start";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapRow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapRowList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmap-rows.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description Records of units of this level; those of no unit are the region's */
                level?: components["parameters"]["UnitLevel"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                /** @description Begins on this day or later; with due_until: a month of the calendar */
                due_from?: string;
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Семинар",
                 *       "year": 2026,
                 *       "body": {
                 *         "type": "seminar",
                 *         "from": "2026-11-05",
                 *         "place": "г. Н",
                 *         "audience": {
                 *           "levels": [
                 *             "school"
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EventDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["EventDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example plan */
                action: "cancel" | "close" | "hold" | "invite" | "plan";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "body": {
                 *         "event": 1,
                 *         "persons": 2
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example register */
                action: "attend" | "miss" | "register" | "withdraw";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "registrations.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "survey-answers.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyAnswerList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "survey-answers.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "body": {
                 *         "event": 1,
                 *         "phase": "before",
                 *         "answers": {
                 *           "q1": 4
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SurveyAnswerDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "survey-answers.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "survey-answers.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "survey-answers.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyAnswerList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "survey-answers.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Доля",
                 *       "year": 2026,
                 *       "body": {
                 *         "code": "share_x",
                 *         "group": "control",
                 *         "formula": "share(schools_signs, schools)",
                 *         "unit": "%",
                 *         "direction": "down",
                 *         "levels": [
                 *           "region"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["IndicatorDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indicator"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indicator"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["IndicatorDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indicator"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example submit */
                action: "approve" | "retire" | "return" | "submit";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indicator"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Мониторинг 2026",
                 *       "year": 2026,
                 *       "body": {
                 *         "year": 2026,
                 *         "indicators": [
                 *           "index_2019"
                 *         ],
                 *         "levels": [
                 *           "region",
                 *           "municipality"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CampaignDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["CampaignDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example open */
                action: "close" | "open" | "publish" | "reopen";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026,
                 *       "body": {
                 *         "values": {
                 *           "rooms": 3
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FormDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["FormDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.actAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "verify",
                 *       "items": [
                 *         {
                 *           "id": 1,
                 *           "version": 1
                 *         }
                 *       ],
                 *       "input": {}
                 *     }
                 */
                "application/json": components["schemas"]["ManyActions"];
            };
        };
        responses: {
            /** @description How many were changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            /** @description Nothing was changed, record by record why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.fill": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "values": {
                 *         "rooms": 3
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FormValues"];
            };
        };
        responses: {
            /** @description The record as it is now; a 412 names the fields that somebody else changed since the version of If-Match */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example submit */
                action: "accept" | "accept-municipal" | "return" | "submit" | "substitute" | "verify";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description Records of units of this level; those of no unit are the region's */
                level?: components["parameters"]["UnitLevel"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Анализ",
                 *       "year": 2026,
                 *       "body": {
                 *         "text": "Вывод"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NoteDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["NoteDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example finish */
                action: "finish" | "revise";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Случай",
                 *       "year": 2026,
                 *       "body": {
                 *         "origin": {
                 *           "kind": "manual",
                 *           "reason": "обращение"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CaseDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example take */
                action: "accept" | "agree-cause" | "close-explained" | "conclude" | "confirm" | "dismiss" | "escalate" | "explain" | "propose-cause" | "recommend" | "repeat" | "report" | "return" | "return-explanation" | "return-plan" | "submit-plan" | "take";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Рекомендации",
                 *       "year": 2026,
                 *       "body": {
                 *         "text": "Согласовать критерии"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RecommendationDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["RecommendationDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example submit */
                action: "answer" | "approve" | "close" | "read" | "return" | "return-answer" | "send" | "submit";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdviceList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Совет",
                 *       "body": {
                 *         "sign": "threshold",
                 *         "cause": "marking-criteria",
                 *         "text": "Согласовать критерии"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AdviceDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["AdviceDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example retire */
                action: "restore" | "retire";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdviceList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "advice.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueMeasureList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Мера",
                 *       "body": {
                 *         "code": "own",
                 *         "group": "support",
                 *         "levels": [
                 *           "school"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CatalogueMeasureDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueMeasure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueMeasure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["CatalogueMeasureDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueMeasure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example retire */
                action: "restore" | "retire";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueMeasure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueMeasureList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalogue-measures.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Мера",
                 *       "year": 2026,
                 *       "due": "2026-12-31",
                 *       "body": {
                 *         "code": "criteria"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["MeasureDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["MeasureDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example start */
                action: "accept" | "cancel" | "report" | "return" | "start";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObservationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Наблюдение",
                 *       "year": 2026,
                 *       "body": {
                 *         "procedure": "2021-04-MA",
                 *         "date": "2026-04-20"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ObservationDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["ObservationDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example hold */
                action: "cancel" | "confirm" | "hold" | "return";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObservationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                assignee?: components["parameters"]["AssigneeFilter"];
                due_until?: components["parameters"]["DueUntil"];
                /** @description Deadline before today and not finished */
                overdue?: components["parameters"]["Overdue"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description A top-level member of the body that equals `value` */
                member?: components["parameters"]["BodyFilter"];
                value?: components["parameters"]["BodyValue"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecheckList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Перепроверка",
                 *       "year": 2026,
                 *       "body": {
                 *         "procedure": "2021-04-MA"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RecheckDraft"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Другое название"
                 *     }
                 */
                "application/json": components["schemas"]["RecheckDraft"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example start */
                action: "cancel" | "confirm" | "finish" | "start";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecheckList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "relation": "evidence",
                 *       "target": "url",
                 *       "note": "https://example.org/"
                 *     }
                 */
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "rechecks.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
                link: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026
                 *     }
                 */
                "application/json": components["schemas"]["IndicatorSeed"];
            };
        };
        responses: {
            /** @description How many were made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.actAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026,
                 *       "action": "approve"
                 *     }
                 */
                "application/json": components["schemas"]["IndicatorAction"];
            };
        };
        responses: {
            /** @description How many changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "formula": "share(schools_signs, schools)"
                 *     }
                 */
                "application/json": components["schemas"]["FormulaBody"];
            };
        };
        responses: {
            /** @description Its variables, or the place of the fault */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormulaCheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "formula": "share(schools_signs, schools)",
                 *       "unit": 1,
                 *       "year": 2026
                 *     }
                 */
                "application/json": components["schemas"]["FormulaTry"];
            };
        };
        responses: {
            /** @description The value and how it came about */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormulaValue"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.compute": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026
                 *     }
                 */
                "application/json": components["schemas"]["IndicatorCompute"];
            };
        };
        responses: {
            /** @description The job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicators.variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Variables, with words */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicatorValues.list": {
        parameters: {
            query?: {
                code?: string;
                year?: components["parameters"]["Year"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                level?: components["schemas"]["Level"];
                campaign?: components["schemas"]["Id"];
                /** @description Earlier computations too */
                all?: boolean;
                /** @description As others may see it; small groups are hidden */
                published?: boolean;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorValueList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicatorValues.table": {
        parameters: {
            query?: {
                /**
                 * @description Needed
                 * @example 2021
                 */
                year?: number;
                /**
                 * @description Else school
                 * @example school
                 */
                level?: components["schemas"]["Level"];
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                campaign?: components["schemas"]["Id"];
                /** @description Of indicators */
                group?: "control" | "monitoring" | "attitude-school" | "attitude-all";
                /** @description Part of the name or code of a unit */
                search?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of units */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorValueTable"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "indicatorValues.get": {
        parameters: {
            query?: {
                published?: boolean;
            };
            header?: never;
            path: {
                /** @example 1 */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The value with its trace */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorValue"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.board": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts by state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBoard"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.forms": {
        parameters: {
            query?: {
                /** @description The unit and what lies below it */
                unit?: components["schemas"]["Id"];
                stage?: components["schemas"]["FormStage"];
                level?: components["schemas"]["Level"];
                /** @description Part of the name or code of a unit */
                search?: string;
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, by code of the unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignFormList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.late": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Late forms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LateForms"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.remind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "publishedValues.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                campaign?: components["schemas"]["Id"];
                code?: string;
                level?: components["schemas"]["Level"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows by code of the indicator, year, level and code of the unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedValueList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "publishedValues.file": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                campaign?: components["schemas"]["Id"];
                code?: string;
                format?: "csv" | "xlsx" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "campaigns.fill": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rows": [
                 *         {
                 *           "unit": 1,
                 *           "values": {
                 *             "rooms": 3
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["FormRows"];
            };
        };
        responses: {
            /** @description How many forms were filled (or would be). A 422 names each cell that stands in the way, by its pointer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "forms.fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fields, with words */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.make": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026,
                 *       "preview": true
                 *     }
                 */
                "application/json": components["schemas"]["CaseSignals"];
            };
        };
        responses: {
            /** @description What was made, or would be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSignalsReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.actAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "take",
                 *       "items": [
                 *         {
                 *           "id": 1,
                 *           "version": 1
                 *         }
                 *       ],
                 *       "input": {}
                 *     }
                 */
                "application/json": components["schemas"]["ManyActions"];
            };
        };
        responses: {
            /** @description How many were changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            /** @description Nothing was changed, record by record why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.page": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case, its links, letters, measures, similar cases, advice, the cases of other years */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many were marked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.board": {
        parameters: {
            query?: {
                year?: number;
                unit?: number;
                sign?: string;
                overdue?: boolean;
                /** @description Those that wait for the caller's role */
                mine?: boolean;
                /** @description Cards of each state */
                cards?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseBoard"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.similar": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most twenty, the most similar first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarCases"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cases.advice": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Advice, a text and measures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAdvice"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cycle.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example causes */
                name: "causes" | "remark-kinds" | "event-types" | "questions";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list as it is built in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many were made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.actAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "submit",
                 *       "items": [
                 *         {
                 *           "id": 1,
                 *           "version": 1
                 *         }
                 *       ],
                 *       "input": {}
                 *     }
                 */
                "application/json": components["schemas"]["ManyActions"];
            };
        };
        responses: {
            /** @description How many were changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            /** @description Nothing was changed, record by record why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.letters": {
        parameters: {
            query: {
                /**
                 * @description Numbers of records with commas between
                 * @example 987654
                 */
                ids: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.list": {
        parameters: {
            query?: {
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                /** @description One or several states with commas between */
                state?: components["parameters"]["StateFilter"];
                /** @description Part of the title */
                search?: components["parameters"]["Search"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
                /** @description id, updated, due, state, title, unit or year; a minus before it turns the order */
                sort?: components["parameters"]["RecordSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.create": {
        parameters: {
            query?: {
                /** @example form.docx */
                name?: string;
                title?: string;
                unit?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            /** @description The template, with the places that it has */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.act": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of what is changed, as it was read */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description The same key with the same body gives the first answer again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["schemas"]["Id"];
                /** @example choose */
                action: "choose" | "release" | "restore" | "retire";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "templates.links": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "recommendations.letter": {
        parameters: {
            query?: {
                format?: "json" | "html" | "docx";
                /** @description Template of the office; 0: the built-in form; else the chosen one */
                template?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its parts, a page, or a document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterModel"];
                    "text/html": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.actAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "accept",
                 *       "items": [
                 *         {
                 *           "id": 1,
                 *           "version": 1
                 *         }
                 *       ],
                 *       "input": {}
                 *     }
                 */
                "application/json": components["schemas"]["ManyActions"];
            };
        };
        responses: {
            /** @description How many were changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            /** @description Nothing was changed, record by record why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "measures.overview": {
        parameters: {
            query?: {
                year?: number;
                unit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureOverview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.schedule": {
        parameters: {
            query?: {
                from?: string;
                /** @description The unit and what lies below it */
                unit?: components["parameters"]["UnitFilter"];
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Visits by date and observer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "observations.reference": {
        parameters: {
            query?: {
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "effects.get": {
        parameters: {
            query: {
                /** @example 2026 */
                year: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By type of measure, by measure, by case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "effects.compute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2026
                 *     }
                 */
                "application/json": components["schemas"]["EffectYear"];
            };
        };
        responses: {
            /** @description By type of measure, by measure, by case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "effectReports.list": {
        parameters: {
            query?: {
                year?: components["parameters"]["Year"];
                /** @description Items of a page */
                limit?: components["parameters"]["Limit"];
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptEffectList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "effectReports.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record with its report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptEffect"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The roadmap */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roadmap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmaps.copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "2020-2022",
                 *       "first_year": 2026
                 *     }
                 */
                "application/json": components["schemas"]["RoadmapCopy"];
            };
        };
        responses: {
            /** @description The copy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roadmap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmapTables.get": {
        parameters: {
            query?: {
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                /** @example 2020-2022 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapTable"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmapTables.document": {
        parameters: {
            query?: {
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
                format?: "html" | "docx" | "xlsx";
                /** @description With a column of what was done */
                state?: boolean;
            };
            header?: never;
            path: {
                /** @example 2020-2022 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmapTables.units": {
        parameters: {
            query: {
                /**
                 * @description Number of the row
                 * @example 1
                 */
                no: number;
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
                level?: "municipality" | "school";
                state?: "planned" | "in-progress" | "done" | "not-applicable";
                /** @description Part of the name or code of the unit */
                search?: string;
                limit?: number;
                /** @description Items before the page */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                /** @example 2020-2022 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapUnits"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roadmapTables.evidence": {
        parameters: {
            query?: {
                /** @description One row; all when absent */
                no?: number;
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
                /** @description With the units below */
                below?: boolean;
            };
            header?: never;
            path: {
                /** @example 2020-2022 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows, units, evidence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoadmapEvidence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "records.search": {
        parameters: {
            query: {
                /**
                 * @description Part of the title
                 * @example семинар
                 */
                search: string;
                /**
                 * @description One or several kinds with commas between
                 * @example event,note
                 */
                kind?: string;
                year?: components["parameters"]["Year"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What fits best in time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordsFound"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "records.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its kind and title */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordKind"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.attendance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rows": [
                 *         {
                 *           "unit": 1,
                 *           "attended": true,
                 *           "persons": 2
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AttendanceRows"];
            };
        };
        responses: {
            /** @description How many were noted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "events.survey": {
        parameters: {
            query?: {
                published?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Results by question */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyResults"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "calendar.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address; the secret is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarAddress"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "calendar.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0000000000000000000000000000000000000000000000000000000000000000 */
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tasks.list": {
        parameters: {
            query?: {
                /** @description Counts only */
                brief?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tasks, and the first steps of an empty system */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tasks"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "questions.list": {
        parameters: {
            query?: {
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Questions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Questions"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "analysis.view": {
        parameters: {
            query?: {
                /** @description Its own when absent */
                unit?: components["schemas"]["Id"];
                /** @description As others may see it; small groups are hidden */
                published?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Results by procedure, years, band of similar schools */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notes.document": {
        parameters: {
            query?: {
                format?: "html" | "docx";
            };
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
