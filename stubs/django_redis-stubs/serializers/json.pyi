import json

from django_redis.serializers.base import BaseSerializer

class JSONSerializer(BaseSerializer):
    encoder_class: type[json.JSONEncoder]
