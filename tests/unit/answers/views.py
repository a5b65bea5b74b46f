from answers import ask
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views import View
from rest_framework.request import Request
from rest_framework.views import APIView


def view(request: HttpRequest) -> None:
    ask.is_view()  # = true


def api_view(request: Request) -> None:
    ask.is_view()  # = true


def untyped_view(request):
    ask.is_view()  # = true


@transaction.non_atomic_requests
def apart(request: HttpRequest) -> HttpResponse:
    ask.is_view()  # = false
    return HttpResponse()


def service(number: int) -> None:
    ask.is_view()  # = false


class Page(View):
    def form_valid(self) -> None:
        ask.is_view()  # = true


class Endpoint(APIView):
    def post(self, request: Request) -> None:
        ask.is_view()  # = true


class Service:
    def get(self) -> None:
        ask.is_view()  # = false
