import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';

import { makeQueryClient } from './api/queries';
import { App, prepare } from './app/App';
import { LooksProvider } from './app/looks';
import { SessionProvider } from './app/session';
import { startTexts } from './app/texts';
import { Theme } from './app/Theme';
import './styles/antd.css';
import './styles/app.css';
import './styles/shapes.css';

const queries = makeQueryClient();

void startTexts().then(() => {
  prepare();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LooksProvider>
          <Suspense>
            <Theme>
              <SessionProvider>
                <BrowserRouter>
                  <App />
                </BrowserRouter>
              </SessionProvider>
            </Theme>
          </Suspense>
        </LooksProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
});
