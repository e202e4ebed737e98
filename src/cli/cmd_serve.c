/* oko serve, oko api METHOD PATH [JSON] */
#include "cli/api.h"
#include "cli/ask.h"

#include "http/router.h"
#include "http/server.h"
#include "store/people.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STOP_SECONDS = 20 };

static oko_status service_options(oko_cli *cli, oko_error *err)
{
    /* Opened once for writing: built-in procedures that the database does not know yet are put into it. */
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    return oko_cli_store(cli, true, false, &store, err);
}

static oko_status int_option(oko_cli *cli, const char *name, int64_t max, int *ret, oko_error *err)
{
    int64_t value = 0;
    oko_status status = oko_cli_option_int(cli, name, 1, max, &value, err);
    *ret = (int)value;
    return status;
}

static oko_status server_options(oko_cli *cli, oko_server_options *o, oko_error *err)
{
    const char *listen = oko_cli_option(cli, "listen");
    o->listen = listen != NULL ? listen : "127.0.0.1:8470";
    o->tls_cert = oko_cli_option(cli, "tls-cert");
    o->tls_key = oko_cli_option(cli, "tls-key");
    o->behind_proxy = oko_cli_option(cli, "behind-proxy") != NULL;
    oko_status status = int_option(cli, "workers", 64, &o->workers, err);
    return status == OKO_OK ? int_option(cli, "connections", 100000, &o->connections, err) : status;
}

/* An empty database is set up in the browser, by whoever can read this: the code stands in the part of the address that
 * a browser sends to nobody. */
static void tell_address(oko_cli *cli, const oko_service *service, const oko_server_options *options, int port)
{
    char address[160];
    const char *colon = strrchr(options->listen, ':');
    (void)snprintf(address, sizeof address, "%s://%.*s:%d/", options->tls_cert != NULL ? "https" : "http",
                   (int)(colon - options->listen), options->listen, port);
    printf("%s\n", address);
    fflush(stdout);
    if (service->setup_code[0] == '\0')
        return;
    char *link = oko_arena_printf(cli->arena, "%ssetup#%s", address, service->setup_code);
    OKO_CLI_SAY(cli, stderr, "serve.setup", OKO_S("code", service->setup_code), OKO_S("link", link));
}

oko_status oko_cmd_serve(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_service_closep) oko_service *service = NULL;
    oko_server *server = NULL;
    oko_server_options options = { .listen = NULL };
    oko_service_options shared = { .db = cli->db, .log = !cli->quiet, .background = true };
    oko_status status = server_options(cli, &options, err);
    if (status == OKO_OK)
        status = service_options(cli, err);
    if (status == OKO_OK)
        status = oko_service_open(&shared, &service, err);
    if (status == OKO_OK)
        status = oko_server_start(service, &options, &server, err);
    if (status != OKO_OK)
        return status;
    tell_address(cli, service, &options, oko_server_port(server));
    while (!oko_cli_interrupted())
        (void)poll(NULL, 0, 200);
    oko_service_stop(service);
    oko_server_stop(server, STOP_SECONDS);
    return OKO_OK;
}

/* ---- api ---- */
static oko_status read_stdin(oko_buffer *out, oko_error *err)
{
    char chunk[65536];
    size_t n;
    while ((n = fread(chunk, 1, sizeof(chunk), stdin)) > 0)
        oko_buffer_add(out, chunk, n);
    oko_status status = oko_buffer_status(out);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}

static void print_reply(const oko_reply *reply)
{
    const char *bytes = reply->bytes != NULL ? reply->bytes : reply->fixed;
    if (reply->len > 0 && bytes != NULL) {
        fwrite(bytes, 1, reply->len, stdout);
        if (reply->type != NULL && strstr(reply->type, "json") != NULL)
            fputc('\n', stdout);
    }
}

oko_status oko_cli_ask(oko_cli *cli, const char *method, const char *path, oko_str body, oko_reply *reply,
                       oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status != OKO_OK)
        return status;
    oko_request rq = oko_cli_api_request(&api, method, path);
    oko_route_whole(&rq, body, reply);
    status = reply->stream != NULL ? oko_error_set(err, OKO_E_UNSUPPORTED, "http.no_stream", "")
                                   : oko_cli_api_status(reply, err);
    oko_request_clear(&rq);
    return status;
}

oko_status oko_cmd_api(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer body = { 0 };
    oko_reply reply = { .status = 0 };
    oko_status status = OKO_OK;
    oko_buffer_init(&body, 8 * 1024 * 1024);
    if (cli->argc > 2 && strcmp(cli->argv[2], "-") == 0)
        status = read_stdin(&body, err);
    else if (cli->argc > 2)
        oko_buffer_str(&body, cli->argv[2]);
    if (status == OKO_OK)
        status = oko_cli_ask(cli, cli->argv[0], cli->argv[1], (oko_str){ body.ptr, body.len }, &reply, err);
    if (reply.stream == NULL)
        print_reply(&reply);
    cli->told = status != OKO_OK && reply.len > 0; /* the problem was printed */
    oko_reply_clear(&reply);
    return status;
}
