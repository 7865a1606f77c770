// What Swift cannot import from the library's headers: compound macros.
#pragma once
#include <libwebsockets.h>

/// Bytes that the library needs before the payload of a write, for the frame header.
enum { clws_pre = LWS_PRE };

/// The type of a protocol's callback: the library names the function's type, not the pointer's.
typedef lws_callback_function *clws_callback;

/// TLS 1.2 or later; no renegotiation, which a peer can use to make the server work; the server's order of
/// ciphers.
static const long clws_server_tls_options = (long)(SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 |
                                                   SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);

/// The same for a client.
static const long clws_client_tls_options = (long)(SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 |
                                                   SSL_OP_NO_RENEGOTIATION);
