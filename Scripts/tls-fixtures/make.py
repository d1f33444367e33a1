#!/usr/bin/env python3
"""Makes the recorded TLS connections of Tests/TLSDecryptionTests/Fixtures.

Runs a server and a client of OpenSSL (openssl s_server, s_client) or GnuTLS (gnutls-serv, gnutls-cli) on the loopback
address with a relay between them, and writes what each side sent, with the client's key log, as lines:

    key LINE OF THE KEY LOG
    > hex of what the client sent        (new: a further connection begins)
    < hex of what the server sent
    new

A DTLS handshake with use_srtp is made by dtls13.c between two endpoints of NSS, the library of Firefox; `export` is what NSS itself exports.

Needs: openssl, gnutls-bin, libnss3-dev, libnss3-tools, gcc. Usage: make.py FOLDER [NAME...]; certificates are made in a temporary folder, so every run
gives other octets. The private key of RSA key transport is FOLDER/rsa.pem, made when it is missing.
"""
import os, select, socket, subprocess, sys, tempfile, threading, time

SAID = ["hello one\n", "hello two\n"]

# name: (implementation, server's arguments, client's arguments, connections, what is typed between the two lines said)
OPENSSL12 = ["-tls1_2"]
PLAIN = (1, None)
CASES = {
    "tls12-cbcsha256": ("openssl", ["-cipher", "ECDHE-RSA-AES128-SHA256"], OPENSSL12, *PLAIN),
    "tls12-ticket": ("openssl", ["-cipher", "ECDHE-RSA-AES128-GCM-SHA256"], OPENSSL12, 2, None),
    "tls12-sessionid": ("openssl", ["-cipher", "ECDHE-RSA-AES128-GCM-SHA256", "-no_ticket"], OPENSSL12, 2, None),
    "tls12-rsa-ticket": ("openssl", ["-cipher", "AES128-SHA256"], OPENSSL12, 2, None),
    "tls12-rsa-sessionid": ("openssl", ["-cipher", "AES256-GCM-SHA384", "-no_ticket"], OPENSSL12, 2, None),
    "tls12-renegotiated-twice": ("openssl", ["-cipher", "ECDHE-RSA-AES128-SHA"], OPENSSL12 + ["-legacy_renegotiation"], 1, ["R\n", "R\n"]),
    "tls13-psk": ("openssl", ["-tls1_3"], ["-tls1_3"], 2, None),
    "tls13-0rtt": ("openssl", ["-tls1_3", "-early_data"], ["-tls1_3"], 2, None),
    "tls13-0rtt-refused": ("openssl", ["-tls1_3", "-early_data"], ["-tls1_3"], 2, None),
    "tls13-keyupdate-both": ("openssl", ["-tls1_3"], ["-tls1_3"], 1, ["K\n", "k\n", "server: server one\n", "server: K\n", "server: server two\n"]),
    "tls13-client-certificate": ("openssl", ["-tls1_3", "-Verify", "1"], ["-tls1_3"], *PLAIN),
    "gnutls10-3des": ("gnutls", "NONE:+VERS-TLS1.0:+3DES-CBC:+SHA1:+RSA:+COMP-NULL:+SIGN-ALL:%NO_ETM", None, *PLAIN),
    "gnutls12-3des-etm": ("gnutls", "NONE:+VERS-TLS1.2:+3DES-CBC:+SHA1:+ECDHE-RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL", None, *PLAIN),
    "gnutls11-rc4-sha": ("gnutls", "NONE:+VERS-TLS1.1:+ARCFOUR-128:+SHA1:+RSA:+COMP-NULL:+SIGN-ALL", None, *PLAIN),
    "gnutls12-rc4-md5": ("gnutls", "NONE:+VERS-TLS1.2:+ARCFOUR-128:+MD5:+RSA:+COMP-NULL:+SIGN-ALL", None, *PLAIN),
    "gnutls12-null": ("gnutls", "NONE:+VERS-TLS1.2:+NULL:+SHA256:+RSA:+COMP-NULL:+SIGN-ALL", None, *PLAIN),
    "gnutls11-cbc-etm": ("gnutls", "NONE:+VERS-TLS1.1:+AES-256-CBC:+SHA1:+DHE-RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL", None, *PLAIN),
    "gnutls12-ccm": ("gnutls", "NONE:+VERS-TLS1.2:+AES-128-CCM:+AEAD:+RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL", None, *PLAIN),
    "gnutls12-camellia-gcm": ("gnutls", "NONE:+VERS-TLS1.2:+CAMELLIA-256-GCM:+AEAD:+ECDHE-RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL", None, *PLAIN),
    "gnutls12-no-ems": ("gnutls", "NONE:+VERS-TLS1.2:+AES-256-GCM:+AEAD:+RSA:+COMP-NULL:+SIGN-ALL:%NO_SESSION_HASH", None, *PLAIN),
    "gnutls13-chacha": ("gnutls", "NONE:+VERS-TLS1.3:+CHACHA20-POLY1305:+AEAD:+COMP-NULL:+SIGN-ALL:+GROUP-ALL", None, *PLAIN),
}

# name: (version, cipher, what is typed at the client)
DATAGRAMS = {
    "dtls12-renegotiation": ("-dtls1_2", "ECDHE-RSA-AES128-GCM-SHA256", ["R\n", "R\n"]),
    "dtls10": ("-dtls1", "ECDHE-RSA-AES128-SHA", []),
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def relay(port, target, events, connections):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()

    def run():
        for number in range(connections):
            client, _ = listener.accept()
            if number:
                events.append("new")
            server = socket.create_connection(("127.0.0.1", target))
            isOver = False
            while not isOver:
                for ready in select.select([client, server], [], [], 10)[0]:
                    octets = ready.recv(65536)
                    if not octets:
                        isOver = True
                        break
                    events.append((">" if ready is client else "<") + " " + octets.hex())
                    (server if ready is client else client).sendall(octets)
            client.close()
            server.close()
        listener.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def relay_datagrams(port, target, events):
    client_side = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client_side.bind(("127.0.0.1", port))
    server_side = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server_side.connect(("127.0.0.1", target))

    def run():
        client = None
        while ready := select.select([client_side, server_side], [], [], 3)[0]:
            for one in ready:
                octets, sender = one.recvfrom(65536)
                client = sender if one is client_side else client
                events.append((">" if one is client_side else "<") + " " + octets.hex())
                server_side.send(octets) if one is client_side else client_side.sendto(octets, client)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def certificate(folder, key):
    if not os.path.exists(key):
        subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
    out = os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-new", "-key", key, "-subj", "/CN=localhost", "-days", "30", "-out", out], check=True, capture_output=True)
    return out


def speak(client, server, lines, pause=0.4):
    time.sleep(0.8)
    for line in lines:
        speaker = server if line.startswith("server: ") else client
        speaker.stdin.write(line.removeprefix("server: ").encode())
        speaker.stdin.flush()
        time.sleep(pause)
    client.stdin.close()
    try:
        client.wait(10)
    except subprocess.TimeoutExpired:
        client.terminate()


def make(name, out, folder, key, cert):
    implementation, server_arguments, client_arguments, connections, commands = CASES[name]
    port, target = free_port(), free_port()
    log = os.path.join(folder, name + ".log")
    events = []
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if implementation == "openssl":
        server_command = ["openssl", "s_server", "-accept", f"127.0.0.1:{target}", "-cert", cert, "-key", key]
        server_command += server_arguments
        # -rev answers every line reversed, but refuses renegotiation and early data.
        isReversing = commands is None and "-early_data" not in server_arguments
        server_command += ["-rev"] if isReversing else []
        if "-cipher" in server_arguments:
            server_command += ["-tls1_2"]
            server_command[server_command.index("-cipher") + 1] += ":@SECLEVEL=0"
        environment = dict(os.environ)
        if commands and "R\n" in commands:
            server_command += ["-client_renegotiation"]
    else:
        server_command = ["gnutls-serv", "--echo", "-p", str(target), "--x509keyfile", key, "--x509certfile", cert, "--priority", server_arguments, "-q"]
        environment = dict(os.environ, SSLKEYLOGFILE=log)
    server = subprocess.Popen(server_command, stdin=subprocess.PIPE, env=dict(os.environ), **quiet)
    time.sleep(0.6)
    thread = relay(port, target, events, connections)
    session = os.path.join(folder, name + ".session")
    early = os.path.join(folder, "early.txt")
    with open(early, "w") as file:
        file.write("early word\n")
    for number in range(connections):
        if implementation == "openssl":
            command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-keylogfile", log] + client_arguments
            if "tls1_2" in "".join(client_arguments):
                command += ["-cipher", "ALL:@SECLEVEL=0"]
            if "-Verify" in server_arguments:
                command += ["-cert", cert, "-key", key]
            if connections > 1:
                command += ["-sess_in", session] if number else ["-sess_out", session]
            if number and "0rtt" in name:
                command += ["-early_data", early]
            if number and "refused" in name:
                # A server that was started anew knows neither the ticket's key nor its early data.
                server.terminate()
                server.wait()
                server = subprocess.Popen(server_command, stdin=subprocess.PIPE, env=dict(os.environ), **quiet)
                time.sleep(0.6)
        else:
            command = ["gnutls-cli", "--insecure", "-p", str(port), "--priority", server_arguments, "127.0.0.1", "--no-ca-verification"]
        client = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, **quiet)
        lines = list(SAID)
        if commands:
            lines = [SAID[0]] + commands + [SAID[1]]
        speak(client, server, lines)
    if implementation == "openssl":
        server.stdin.close()
    server.terminate()
    thread.join(5)
    with open(log) as file:
        keys = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    with open(os.path.join(out, name + ".txt"), "w") as file:
        file.write("".join(f"key {line}\n" for line in keys))
        file.write("".join(event + "\n" for event in events))
    print(name, len(events), "events")


def make_datagrams(name, out, folder, key, cert):
    version, cipher, commands = DATAGRAMS[name]
    port, target = free_port(), free_port()
    log = os.path.join(folder, name + ".log")
    events = []
    common = [version, "-use_srtp", "SRTP_AES128_CM_SHA1_80", "-cipher", cipher + ":@SECLEVEL=0"]
    server = ["openssl", "s_server", "-accept", f"127.0.0.1:{target}", "-cert", cert, "-key", key, "-client_renegotiation", *common]
    server = subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.6)
    thread = relay_datagrams(port, target, events)
    export = ["-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", "60"]
    client = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-keylogfile", log, *common, *export]
    client = subprocess.Popen(client, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    speak(client, server, commands + ["\n"], pause=1)
    server.terminate()
    thread.join(5)
    said = client.stdout.read().decode(errors="replace").splitlines()
    exported = [line.split(":")[1].strip() for line in said if "Keying material:" in line]
    with open(log) as file:
        keys = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    with open(os.path.join(out, name + ".txt"), "w") as file:
        file.write("".join(f"key {line}\n" for line in keys) + "".join(f"export {line}\n" for line in exported[:1]))
        file.write("".join(event + "\n" for event in events))
    print(name, len(events), "datagrams,", len(keys), "secrets")


def make_dtls(name, out, folder):
    program, database = os.path.join(folder, "dtls13"), os.path.join(folder, "database")
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "nss"], text=True).split()
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dtls13.c")
    subprocess.run(["gcc", "-w", "-rdynamic", "-o", program, source, *flags, "-ldl"], check=True)
    os.makedirs(database, exist_ok=True)
    noise = os.path.join(folder, "noise")
    with open(noise, "wb") as file:
        file.write(os.urandom(64))
    subprocess.run(["certutil", "-N", "-d", database, "--empty-password"], check=True)
    subject = ["-n", "server", "-s", "CN=localhost", "-x", "-t", "u,u,u", "-k", "ec", "-q", "nistp256", "-z", noise, "-v", "1"]
    subprocess.run(["certutil", "-S", "-d", database, *subject], check=True, capture_output=True)
    lines = subprocess.check_output([program, database, "13"], text=True, timeout=60).splitlines()
    # The random of the ClientHello stands behind the headers of record and message, and the version.
    random = next(line for line in lines if line.startswith("> "))[2:][2 * 27 : 2 * 59]
    lines = [line.replace("0" * 64, random) if line.startswith("key") else line for line in lines]
    lines.sort(key=lambda line: not line.startswith("key"))
    with open(os.path.join(out, name + ".txt"), "w") as file:
        file.write("".join(line + "\n" for line in lines))
    print(name, len(lines), "lines")


def main():
    out = sys.argv[1]
    key = os.path.join(out, "rsa.pem")
    with tempfile.TemporaryDirectory() as folder:
        cert = certificate(folder, key)
        for name in sys.argv[2:] or [*CASES, *DATAGRAMS, "dtls13-nss"]:
            if name in DATAGRAMS:
                make_datagrams(name, out, folder, key, cert)
            elif name == "dtls13-nss":
                make_dtls(name, out, folder)
            else:
                make(name, out, folder, key, cert)


main()
