package io.raic.gateway.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Where the server sends what failed outside of any controller: to {@link Errors} all the same,
 * rather than to a page of the framework, which shows the URL.
 */
@Controller
final class UnmappedErrors implements ErrorController {
  /** Fails as the request did; a client that asks for this path finds nothing. */
  @RequestMapping("${spring.web.error.path:/error}")
  void fail(HttpServletRequest request, HttpServletResponse response) {
    boolean failed = request.getDispatcherType() == DispatcherType.ERROR;
    throw new BadRequestException(failed ? response.getStatus() : HttpStatus.NOT_FOUND.value(), "");
  }
}
