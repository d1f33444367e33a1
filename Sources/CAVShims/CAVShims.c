#include "CAVShims.h"

#include <dlfcn.h>
#include <libavcodec/avcodec.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define STRING(x) #x
#define EXPANDED(x) STRING(x)

// The layouts of the structures are those of the headers, so only the library of the same major version will do.
static const char *const soname = "libavcodec.so." EXPANDED(LIBAVCODEC_VERSION_MAJOR);

static struct {
    int ready;
    unsigned (*avcodec_version)(void);
    const AVCodec *(*avcodec_find_decoder_by_name)(const char *);
    AVCodecContext *(*avcodec_alloc_context3)(const AVCodec *);
    void (*avcodec_free_context)(AVCodecContext **);
    int (*avcodec_open2)(AVCodecContext *, const AVCodec *, AVDictionary **);
    int (*avcodec_send_packet)(AVCodecContext *, const AVPacket *);
    int (*avcodec_receive_frame)(AVCodecContext *, AVFrame *);
    AVPacket *(*av_packet_alloc)(void);
    void (*av_packet_free)(AVPacket **);
    AVFrame *(*av_frame_alloc)(void);
    void (*av_frame_free)(AVFrame **);
    void (*av_frame_unref)(AVFrame *);
    void *(*av_mallocz)(size_t);
    void (*av_channel_layout_default)(AVChannelLayout *, int);
    void (*av_log_set_level)(int);
} lib;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) return;
    // A handle also finds what the library depends on, so the names of libavutil need none of their own.
#define FIND(name)                                                             \
    do {                                                                       \
        void *symbol = dlsym(handle, #name);                                   \
        if (!symbol) return;                                                   \
        memcpy(&lib.name, &symbol, sizeof symbol);                             \
    } while (0)
    FIND(avcodec_version);
    FIND(avcodec_find_decoder_by_name);
    FIND(avcodec_alloc_context3);
    FIND(avcodec_free_context);
    FIND(avcodec_open2);
    FIND(avcodec_send_packet);
    FIND(avcodec_receive_frame);
    FIND(av_packet_alloc);
    FIND(av_packet_free);
    FIND(av_frame_alloc);
    FIND(av_frame_free);
    FIND(av_frame_unref);
    FIND(av_mallocz);
    FIND(av_channel_layout_default);
    FIND(av_log_set_level);
#undef FIND
    if (lib.avcodec_version() >> 16 != LIBAVCODEC_VERSION_MAJOR) return;
    lib.av_log_set_level(AV_LOG_QUIET);
    lib.ready = 1;
}

struct avs_decoder {
    AVCodecContext *context;
    AVPacket *packet;
    AVFrame *frame;
    uint8_t *input;
    int input_size;
};

int avs_is_available(const char *codec) {
    pthread_once(&once, load);
    return lib.ready && lib.avcodec_find_decoder_by_name(codec) != NULL;
}

struct avs_decoder *avs_open(
    const char *codec, int sample_rate, int block_align, int bits_per_coded_sample, const uint8_t *extradata, int extradata_size) {
    if (!avs_is_available(codec)) return NULL;
    const AVCodec *found = lib.avcodec_find_decoder_by_name(codec);
    struct avs_decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) return NULL;
    decoder->context = lib.avcodec_alloc_context3(found);
    decoder->packet = lib.av_packet_alloc();
    decoder->frame = lib.av_frame_alloc();
    AVCodecContext *context = decoder->context;
    if (!context || !decoder->packet || !decoder->frame) goto failed;
    context->sample_rate = sample_rate;
    lib.av_channel_layout_default(&context->ch_layout, 1);
    context->block_align = block_align;
    context->bits_per_coded_sample = bits_per_coded_sample;
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    // Nothing is cut off at the start: where sound belongs is not the decoder's business.
    context->flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL;
    if (extradata_size > 0) {
        // The context owns it.
        context->extradata = lib.av_mallocz((size_t)extradata_size + AV_INPUT_BUFFER_PADDING_SIZE);
        if (!context->extradata) goto failed;
        memcpy(context->extradata, extradata, (size_t)extradata_size);
        context->extradata_size = extradata_size;
    }
    if (lib.avcodec_open2(context, found, NULL) < 0) goto failed;
    return decoder;
failed:
    avs_close(decoder);
    return NULL;
}

void avs_close(struct avs_decoder *decoder) {
    if (!decoder) return;
    if (decoder->packet) lib.av_packet_free(&decoder->packet);
    if (decoder->frame) lib.av_frame_free(&decoder->frame);
    if (decoder->context) lib.avcodec_free_context(&decoder->context);
    free(decoder->input);
    free(decoder);
}

/// Full scale is 1; rounds to the nearest, clips, and takes what is no number for silence.
static int16_t from_float(double value) {
    if (!(value == value)) return 0;
    double scaled = value * 32768.0;
    if (scaled >= 32767.0) return 32767;
    if (scaled <= -32768.0) return -32768;
    return (int16_t)lrint(scaled);
}

/// The frame's samples, or -1 for what a decoder of one channel should not give.
static int convert(const AVFrame *frame, int sample_rate, int16_t *out, int capacity) {
    int count = frame->nb_samples;
    if (count < 0 || count > capacity || frame->ch_layout.nb_channels != 1 || (frame->sample_rate != 0 && frame->sample_rate != sample_rate)) return -1;
    const uint8_t *data = frame->extended_data ? frame->extended_data[0] : NULL;
    if (!data) return count == 0 ? 0 : -1;
    // With one channel planar and interleaved are the same.
    switch (frame->format) {
    case AV_SAMPLE_FMT_S16:
    case AV_SAMPLE_FMT_S16P:
        memcpy(out, data, (size_t)count * sizeof *out);
        return count;
    case AV_SAMPLE_FMT_FLT:
    case AV_SAMPLE_FMT_FLTP:
        for (int index = 0; index < count; index++) out[index] = from_float(((const float *)(const void *)data)[index]);
        return count;
    default:
        return -1;
    }
}

int avs_decode(struct avs_decoder *decoder, const uint8_t *octets, int count, int16_t *out, int capacity) {
    if (!decoder || !octets || !out || count <= 0 || count > 1 << 20 || capacity < 0) return -1;
    if (count + AV_INPUT_BUFFER_PADDING_SIZE > decoder->input_size) {
        int size = count + AV_INPUT_BUFFER_PADDING_SIZE;
        uint8_t *grown = realloc(decoder->input, (size_t)size);
        if (!grown) return -1;
        decoder->input = grown;
        decoder->input_size = size;
    }
    memcpy(decoder->input, octets, (size_t)count);
    memset(decoder->input + count, 0, AV_INPUT_BUFFER_PADDING_SIZE);
    // Not reference counted, so the library copies it.
    decoder->packet->data = decoder->input;
    decoder->packet->size = count;
    int status = lib.avcodec_send_packet(decoder->context, decoder->packet);
    decoder->packet->data = NULL;
    decoder->packet->size = 0;
    int written = 0;
    int failed = status < 0;
    // To the end in any case, so that nothing of this packet comes out with the next.
    for (int round = 0; round < 4096; round++) {
        status = lib.avcodec_receive_frame(decoder->context, decoder->frame);
        if (status == AVERROR(EAGAIN) || status == AVERROR_EOF) break;
        if (status < 0) {
            failed = 1;
            continue;
        }
        int samples = failed ? -1 : convert(decoder->frame, decoder->context->sample_rate, out + written, capacity - written);
        lib.av_frame_unref(decoder->frame);
        if (samples < 0) failed = 1;
        else written += samples;
    }
    return failed ? -1 : written;
}
