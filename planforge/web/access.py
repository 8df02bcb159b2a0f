"""Who may come in on one's own machine, and what a page may load: nothing that is not ours."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

Response = Callable[[HttpRequest], HttpResponse]
_COOKIE = "planforge"
_SALT = "planforge.local"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LARGEST = 50_000_000
"""Bytes of an upload: an old paper with photographs in it."""


class LocalAccess:
    """Lets those in who opened the address with the token of this run; a foreign site cannot know it."""

    def __init__(self, get_response: Response) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A page, a redirect that sets the cookie, or a refusal."""
        request.get_host()  # raises for a host that is not this machine: a rebound name does not get in
        token = settings.TOKEN
        given = request.GET.get("token", "")
        if request.method == "GET" and token and given and constant_time_compare(given, token):
            answer = HttpResponseRedirect(request.path)
            signed = signing.dumps(token, salt=_SALT)
            answer.set_cookie(_COOKIE, signed, httponly=True, samesite="Strict", max_age=30 * 24 * 3600)
            return answer
        if not (token and self._knows(request, token)):
            return refused(request, "打不开这一页", "请用启动时显示的完整地址打开（地址里有 token=…）。", 403)
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            words = f"文件太大，不超过 {LARGEST / 1e6:g} MB。可以压缩里面的图片，另存以后再试。"
            return refused(request, "没有执行", words, 413)
        if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method not in ("GET", "HEAD"):
            return refused(request, "没有执行", "这个请求来自别的网站。", 403)
        return self._get_response(request)

    @staticmethod
    def _knows(request: HttpRequest, token: str) -> bool:
        try:
            return constant_time_compare(signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT), token)
        except signing.BadSignature:
            return False


def content_security(get_response: Response) -> Response:
    """Adds the policy of what a page may load, and keeps pages out of shared caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def refused(request: HttpRequest, title: str, words: str, status: int) -> HttpResponse:
    """A page that says what cannot be done, and what can."""
    return render(request, "planforge/refused.html", {"title": title, "words": words}, status=status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page that is too old or not ours."""
    return refused(request, "没有保存", "这一页放得太久了。请重新打开，填过的内容还在。", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    return refused(request, "没有这一页", "可能已经删除，或者地址不完整。", 404)
