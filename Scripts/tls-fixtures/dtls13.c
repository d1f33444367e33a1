/* A DTLS 1.3 (or 1.2) handshake with use_srtp between two NSS endpoints, for Tests/TLSDecryptionTests/Fixtures.
 *
 * Usage: dtls13 DATABASE VERSION. DATABASE is a certificate database (certutil -N) with a certificate named "server". Prints the lines that
 * make.py describes, and `export` with what SSL_ExportKeyingMaterial gives for EXTRACTOR-dtls_srtp.
 *
 * NSS as Debian builds it writes no key log; PK11_DeriveWithFlags is intercepted here instead, and what is derived under the label "exp master" or
 * a traffic label is written the way a key log has it.
 *
 * cc -rdynamic -o dtls13 dtls13.c $(pkg-config --cflags --libs nss) -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <nspr.h>
#include <nss.h>
#include <pk11pub.h>
#include <ssl.h>
#include <sslproto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned char random_[32];
static int isClient;
static int out;

static void hex(const char *head, const unsigned char *octets, size_t count) {
    char line[200000];
    size_t at = (size_t)sprintf(line, "%s", head);
    for (size_t i = 0; i < count; i++) at += (size_t)sprintf(line + at, "%02x", octets[i]);
    line[at++] = '\n';
    if (write(out, line, at) < 0) _exit(3);
}

static void log_(const char *label, PK11SymKey *key) {
    if (!key || PK11_ExtractKeyValue(key) != SECSuccess) return;
    SECItem *data = PK11_GetKeyData(key);
    char head[200];
    size_t at = (size_t)sprintf(head, "key %s ", label);
    for (int i = 0; i < 32; i++) at += (size_t)sprintf(head + at, "%02x", random_[i]);
    strcat(head, " ");
    hex(head, data->data, data->len);
}

/* libssl3 derives every secret of TLS 1.3 through here. */
PK11SymKey *PK11_DeriveWithFlags(PK11SymKey *base, CK_MECHANISM_TYPE mechanism, SECItem *param, CK_MECHANISM_TYPE target, CK_ATTRIBUTE_TYPE op, int size, CK_FLAGS flags) {
    static PK11SymKey *(*real)(PK11SymKey *, CK_MECHANISM_TYPE, SECItem *, CK_MECHANISM_TYPE, CK_ATTRIBUTE_TYPE, int, CK_FLAGS);
    if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, "PK11_DeriveWithFlags");
    PK11SymKey *key = real(base, mechanism, param, target, op, size, flags);
    if (!isClient || !param || param->len != sizeof(CK_HKDF_PARAMS)) return key;
    const CK_HKDF_PARAMS *hkdf = (const CK_HKDF_PARAMS *)param->data;
    if (!hkdf->bExpand || !hkdf->pInfo) return key;
    if (memmem(hkdf->pInfo, hkdf->ulInfoLen, "exp master", 10)) log_("EXPORTER_SECRET", key);
    if (memmem(hkdf->pInfo, hkdf->ulInfoLen, "c hs traffic", 12)) log_("CLIENT_HANDSHAKE_TRAFFIC_SECRET", key);
    if (memmem(hkdf->pInfo, hkdf->ulInfoLen, "s hs traffic", 12)) log_("SERVER_HANDSHAKE_TRAFFIC_SECRET", key);
    return key;
}

static SECStatus any(void *arg, PRFileDesc *fd, PRBool check, PRBool server) { return SECSuccess; }

static int socket_(int port) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(fd, (struct sockaddr *)&address, sizeof address)) exit(4);
    return fd;
}

static void endpoint(const char *database, int version, int port, int peer) {
    NSS_Init(database);
    NSS_SetDomesticPolicy();
    PRFileDesc *udp = PR_NewUDPSocket();
    PRNetAddr own, other;
    PR_InitializeNetAddr(PR_IpAddrLoopback, (PRUint16)port, &own);
    PR_InitializeNetAddr(PR_IpAddrLoopback, (PRUint16)peer, &other);
    PR_Bind(udp, &own);
    PR_Connect(udp, &other, PR_INTERVAL_NO_TIMEOUT);
    PRFileDesc *ssl = DTLS_ImportFD(NULL, udp);
    SSLVersionRange range = {(PRUint16)version, (PRUint16)version};
    SSL_VersionRangeSet(ssl, &range);
    SSL_OptionSet(ssl, SSL_SECURITY, PR_TRUE);
    SSL_OptionSet(ssl, isClient ? SSL_HANDSHAKE_AS_CLIENT : SSL_HANDSHAKE_AS_SERVER, PR_TRUE);
    PRUint16 profiles[] = {0x0001};
    SSL_SetSRTPCiphers(ssl, profiles, 1);
    SSL_AuthCertificateHook(ssl, any, NULL);
    SSL_SetURL(ssl, "localhost");
    if (!isClient) {
        CERTCertificate *certificate = PK11_FindCertFromNickname("server", NULL);
        SECKEYPrivateKey *key = PK11_FindKeyByAnyCert(certificate, NULL);
        SSL_ConfigSecureServer(ssl, certificate, key, ssl_kea_rsa);
        SSL_ConfigServerCert(ssl, certificate, key, NULL, 0);
    }
    SSL_ResetHandshake(ssl, !isClient);
    for (int i = 0; i < 20 && SSL_ForceHandshakeWithTimeout(ssl, PR_SecondsToInterval(5)) != SECSuccess; i++) {
        if (PR_GetError() != PR_WOULD_BLOCK_ERROR) { fprintf(stderr, "%s %d\n", isClient ? "client" : "server", PR_GetError()); _exit(5); }
    }
    unsigned char block[60];
    if (isClient && SSL_ExportKeyingMaterial(ssl, "EXTRACTOR-dtls_srtp", 19, PR_FALSE, NULL, 0, block, sizeof block) == SECSuccess) hex("export ", block, sizeof block);
    /* The last flight must have been read, and the acknowledgements sent. */
    unsigned char rest[100];
    PR_Recv(ssl, rest, sizeof rest, 0, PR_SecondsToInterval(1));
    _exit(0);
}

int main(int count, char **words) {
    int version = atoi(words[2]) == 12 ? SSL_LIBRARY_VERSION_TLS_1_2 : SSL_LIBRARY_VERSION_TLS_1_3;
    out = dup(1);
    int toClient = socket_(0), toServer = socket_(0);
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    getsockname(toClient, (struct sockaddr *)&address, &length);
    int clientSide = ntohs(address.sin_port);
    getsockname(toServer, (struct sockaddr *)&address, &length);
    int serverSide = ntohs(address.sin_port);
    int clientPort = clientSide + 1000 > 65000 ? clientSide - 1000 : clientSide + 1000, serverPort = clientPort + 1;
    int pipe_[2];
    if (pipe(pipe_)) return 1;
    if (!fork()) endpoint(words[1], version, serverPort, serverSide);
    sleep(1);
    if (!fork()) {
        isClient = 1;
        if (read(pipe_[0], random_, 1) != 1) _exit(2);
        endpoint(words[1], version, clientPort, clientSide);
    }
    /* The client random is known when the first Hello passes: the key lines are written with zeros, which make.py replaces. */
    if (write(pipe_[1], "\0", 1) != 1) return 1;
    struct pollfd waits[] = {{toClient, POLLIN, 0}, {toServer, POLLIN, 0}};
    unsigned char octets[65536];
    while (poll(waits, 2, 2500) > 0) {
        for (int side = 0; side < 2; side++) {
            if (!(waits[side].revents & POLLIN)) continue;
            ssize_t size = recv(waits[side].fd, octets, sizeof octets, 0);
            if (size <= 0) continue;
            hex(side == 0 ? "> " : "< ", octets, (size_t)size);
            struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)(side == 0 ? serverPort : clientPort)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
            sendto(waits[side == 0 ? 1 : 0].fd, octets, (size_t)size, 0, (struct sockaddr *)&to, sizeof to);
        }
    }
    while (wait(NULL) > 0) {}
    return 0;
}
