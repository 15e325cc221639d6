# One static binary that runs without root; nothing else is in the image.
#   docker build --tag conformance .
#   docker run --rm --env CONFORMANCE_PASSWORD conformance run --target https://vc.example --username u
# To keep the reports, let it write to a folder of yours:
#   docker run --rm --user "$(id -u)" --volume "$PWD:/work" conformance run --html report.html
FROM golang:1.26 AS build
WORKDIR /suite
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /conformance ./cmd/conformance

# For jobs that run scripts:
#   docker build --tag conformance:shell --target shell .
FROM debian:stable-slim AS shell
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /conformance /usr/local/bin/conformance
WORKDIR /work
USER 65532:65532

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /conformance /conformance
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["/conformance"]
