from django_redis.compressors.base import BaseCompressor

class Lz4Compressor(BaseCompressor):
    # Shorter values stay as they are.
    min_length: int
