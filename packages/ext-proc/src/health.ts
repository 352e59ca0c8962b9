import { decodeHealthCheck, encodeHealth, Health } from './ext-proc/messages';
import { Call, CallHandler, Status } from './grpc/server';

export const HEALTH_CHECK_PATH = '/grpc.health.v1.Health/Check';

/** The standard health check, asked by Envoy of each endpoint. */
export class HealthCheck implements CallHandler {
  constructor(private readonly ready: () => boolean) {}

  public message(bytes: Buffer, call: Call): void {
    if (decodeHealthCheck(bytes).service !== '') {
      call.end(Status.NOT_FOUND);
      return;
    }
    call.send(encodeHealth(this.ready() ? Health.SERVING : Health.NOT_SERVING));
    call.end(Status.OK);
  }

  public refused(call: Call): void {
    call.end(Status.RESOURCE_EXHAUSTED);
  }

  public clientEnded(call: Call): void {
    call.end(Status.INTERNAL);
  }

  public closed(): void {}
}
