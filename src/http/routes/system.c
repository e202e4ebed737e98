/* The server itself: contract, health, figures. */
#include "http/routes/routes.h"

#include "http/service.h"

static oko_status contract_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_str bytes = oko_contract_bytes(rq->service->contract);
    (void)err;
    reply->fixed = bytes.ptr;
    reply->len = bytes.len;
    reply->type = "application/json";
    reply->cacheable = true;
    return OKO_OK;
}

static oko_status health_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    int64_t revision = 0;
    oko_status status = oko_store_revision(rq->store, &revision, err);
    if (status != OKO_OK)
        return status;
    return oko_reply_json(reply, 200,
                          json_pack("{s:s,s:s,s:i}", "status", rq->service->stopping ? "stopping" : "ok", "version",
                                    OKO_VERSION, "schema", oko_store_schema_version()),
                          err);
}

static oko_status metrics_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_buffer out;
    if (!rq->in.local && !(rq->signed_in && rq->actor.role == OKO_ROLE_ADMIN))
        return oko_error_set(err, OKO_E_PERMISSION, rq->signed_in ? "access.role" : "http.sign_in", "");
    oko_buffer_init(&out, 1 << 20);
    oko_metrics_text(&rq->service->metrics, rq->service->contract, &out);
    oko_status status = oko_buffer_status(&out);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", "");
    }
    reply->bytes = out.ptr;
    reply->len = out.len;
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    return OKO_OK;
}

const oko_route oko_routes_system[] = {
    { "contract.get", contract_get },
    { "health.get", health_get },
    { "metrics.get", metrics_get },
    { NULL, NULL },
};
