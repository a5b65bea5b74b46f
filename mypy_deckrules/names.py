"""Full names, as mypy sees them, of what the rules know in Django, Celery, requests and the standard library."""

from __future__ import annotations

from typing import Final

# --- Django: models and query sets
MODEL: Final = "django.db.models.base.Model"
ABSTRACT_BASE_USER: Final = "django.contrib.auth.base_user.AbstractBaseUser"
QUERY_SET: Final = "django.db.models.query.QuerySet"
RAW_QUERY_SET: Final = "django.db.models.query.RawQuerySet"
MANAGER: Final = "django.db.models.manager.Manager"
BASE_MANAGER: Final = "django.db.models.manager.BaseManager"
PREFETCH: Final = "django.db.models.query.Prefetch"
QUERY_SETS: Final = frozenset({QUERY_SET, RAW_QUERY_SET, BASE_MANAGER})
OWNED_BY_DJANGO_PLUGIN: Final = frozenset({MODEL, QUERY_SET, BASE_MANAGER})
"""Classes whose method and function hooks django-stubs' plugin takes (``mypy_django_plugin/main.py``, 6.1)."""

# --- Django: fields and what they put into a model
FIELD: Final = "django.db.models.fields.Field"
FOREIGN_KEY: Final = "django.db.models.fields.related.ForeignKey"
ONE_TO_ONE_FIELD: Final = "django.db.models.fields.related.OneToOneField"
MANY_TO_MANY_FIELD: Final = "django.db.models.fields.related.ManyToManyField"
COMPOSITE_PRIMARY_KEY: Final = "django.db.models.fields.composite.CompositePrimaryKey"
GENERIC_FOREIGN_KEY: Final = "django.contrib.contenttypes.fields.GenericForeignKey"
GENERIC_RELATION: Final = "django.contrib.contenttypes.fields.GenericRelation"
REVERSE_ONE_TO_ONE: Final = "django.db.models.fields.related_descriptors.ReverseOneToOneDescriptor"
REVERSE_MANY_TO_ONE: Final = "django.db.models.fields.related_descriptors.ReverseManyToOneDescriptor"
MANY_TO_MANY_DESCRIPTOR: Final = "django.db.models.fields.related_descriptors.ManyToManyDescriptor"
RELATED_MANAGER: Final = "django.db.models.fields.related_descriptors.RelatedManager"
MANY_RELATED_MANAGER: Final = "django.db.models.fields.related_descriptors.ManyRelatedManager"
UNIQUE_CONSTRAINT: Final = "django.db.models.constraints.UniqueConstraint"
CASE_FOLDS: Final = frozenset(f"django.db.models.functions.text.{name}" for name in ("Lower", "Upper"))
OBJECT_DOES_NOT_EXIST: Final = "django.core.exceptions.ObjectDoesNotExist"
COMBINABLE: Final = "django.db.models.expressions.Combinable"
F: Final = "django.db.models.expressions.F"
VALUE: Final = "django.db.models.expressions.Value"
RAW_SQL: Final = "django.db.models.expressions.RawSQL"
COLLATE: Final = "django.db.models.functions.comparison.Collate"

# --- Django: transactions
ATOMIC: Final = "django.db.transaction.Atomic"
ATOMIC_FUNCTION: Final = "django.db.transaction.atomic"
ON_COMMIT: Final = "django.db.transaction.on_commit"
DATABASE_WRAPPER: Final = "django.db.backends.base.base.BaseDatabaseWrapper"
METHOD_DECORATOR: Final = "django.utils.decorators.method_decorator"
NON_ATOMIC_REQUESTS: Final = "django.db.transaction.non_atomic_requests"

# --- Django and Django REST framework: views
HTTP_REQUEST: Final = "django.http.request.HttpRequest"
REST_REQUEST: Final = "rest_framework.request.Request"
VIEW: Final = "django.views.generic.base.View"
VIEW_SET_MIXIN: Final = "rest_framework.viewsets.ViewSetMixin"
VIEW_SET_ACTION: Final = "rest_framework.decorators.action"

# --- Django: signals
RECEIVER: Final = "django.dispatch.dispatcher.receiver"
MODEL_SIGNALS: Final = frozenset(
    f"django.db.models.signals.{name}" for name in ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
)

# --- Celery
CELERY_MODULE: Final = "celery.app.base"
CELERY: Final = f"{CELERY_MODULE}.Celery"
TASK: Final = "celery.app.task.Task"
DJANGO_TASK_MODULE: Final = "celery.contrib.django.task"
DJANGO_TASK: Final = f"{DJANGO_TASK_MODULE}.DjangoTask"
BATCHES: Final = "celery_batches.Batches"
ITSELF: Final = "self@task"
"""The class made up for an unannotated ``self``. The daemon, when it starts a module over, leaves names with an "@"."""
IMPORT_MODULE: Final = "importlib.import_module"
SHARED_TASK: Final = "celery.app.shared_task"
SIGNATURE: Final = "celery.canvas.Signature"
SIGNATURE_FUNCTION: Final = "celery.canvas.signature"
SUBTASK_FUNCTION: Final = "celery.canvas.subtask"
SEND_TASK_FUNCTION: Final = "celery.execute.send_task"
CHAIN: Final = "celery.canvas.chain"
CHAIN_CLASS: Final = "celery.canvas._chain"
GROUP: Final = "celery.canvas.group"
CHORD: Final = "celery.canvas.chord"
CHUNKS: Final = "celery.canvas.chunks"
XMAP: Final = "celery.canvas.xmap"
XSTARMAP: Final = "celery.canvas.xstarmap"
RESULT_BASE: Final = "celery.result.ResultBase"
ASYNC_RESULT: Final = "celery.result.AsyncResult"
EAGER_RESULT: Final = "celery.result.EagerResult"
RESULT_SET: Final = "celery.result.ResultSet"
GROUP_RESULT: Final = "celery.result.GroupResult"
ALLOW_JOIN_RESULT: Final = "celery.result.allow_join_result"

# --- Django REST framework
SERIALIZER_FIELD: Final = "rest_framework.fields.Field"
SERIALIZER: Final = "rest_framework.serializers.BaseSerializer"

# --- pydantic
PYDANTIC_MODEL: Final = "pydantic.main.BaseModel"

# --- the standard library
PARTIAL: Final = "functools.partial"
PARTIAL_CALL: Final = f"{PARTIAL}.__call__"

CONTEXT_MANAGER: Final = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})

# --- typing
NO_TYPE_CHECK: Final = frozenset({"typing.no_type_check", "typing_extensions.no_type_check"})
OVERLOAD: Final = frozenset({"typing.overload", "typing_extensions.overload"})

# --- requests, httpx
HTTP_VERBS: Final = ("get", "options", "head", "post", "put", "patch", "delete", "request")
REQUESTS_SESSION: Final = "requests.sessions.Session"
HTTPX_CLIENTS: Final = frozenset({"httpx._client.Client", "httpx._client.AsyncClient"})
HTTP_FUNCTIONS: Final = frozenset(
    {
        *(f"requests.api.{verb}" for verb in HTTP_VERBS),
        *(f"httpx._api.{verb}" for verb in (*HTTP_VERBS, "stream")),
        "urllib.request.urlopen",
    }
)
HTTP_METHODS: Final = {
    **{verb: frozenset({REQUESTS_SESSION, *HTTPX_CLIENTS}) for verb in HTTP_VERBS},
    "stream": HTTPX_CLIENTS,
    "send": frozenset({REQUESTS_SESSION, *HTTPX_CLIENTS}),
}
