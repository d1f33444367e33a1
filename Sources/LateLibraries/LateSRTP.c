#include <srtp2/srtp.h>

#include "Late.h"

LATE_LIBRARY(late_srtp, "libsrtp2-1", "libsrtp2.so.1");

LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_init, (void), ())
LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_create, (srtp_t *session, const srtp_policy_t *policy), (session, policy))
LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_dealloc, (srtp_t session), (session))
LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_protect, (srtp_t session, void *packet, int *length), (session, packet, length))
LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_unprotect, (srtp_t session, void *packet, int *length), (session, packet, length))
LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_unprotect_mki, (srtp_t session, void *packet, int *length, unsigned int mki), (session, packet, length, mki))
LATE(late_srtp, srtp_err_status_t, srtp_err_status_fail, srtp_set_stream_roc, (srtp_t session, uint32_t ssrc, uint32_t roc), (session, ssrc, roc))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_rtp_default, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_rtcp_default, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_cm_192_hmac_sha1_32, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_gcm_128_16_auth, (srtp_crypto_policy_t *policy), (policy))
LATE(late_srtp, void, (void)0, srtp_crypto_policy_set_aes_gcm_256_16_auth, (srtp_crypto_policy_t *policy), (policy))
